"""Small look-alikes of what teams have, and how to tell that nothing of them vanished."""

import re
from dataclasses import fields, is_dataclass

from readyroom.agendas.agenda_writer import bare, write_agenda
from readyroom.agendas.find import Source
from readyroom.agendas.importing.markdown_import import import_markdown
from readyroom.agendas.lint import lint
from readyroom.agendas.load import load_agenda

TASKS = """\
# Launch checklist

Go through it a week before the first customer.

## Table of contents

- [Alerts](#alerts)
- [Stop](#stop)

## 1. Alerts (10 min)

What wakes somebody has to be worth it.

- [ ] **OPS-01-001** — Every page names the user who is harmed.
- [ ] **Dashboards show the budget** - not only the error rate
  - Ask whoever was on call last.
- [ ] **Runbook:** It is linked from [the pager](https://pager.example/runbook).
- [ ] How long does a rollback take?
- [ ] Backups
  - [ ] are restored each month
  - [ ] Somebody else than the author has restored one

Some words that belong to nobody.

## Stop

Do not launch while any of these is true:

- [ ] Nobody carries the pager.
- [ ] A migration cannot be undone.
"""

LEVELS = """\
# Design checks

## :lock: Security
Attackers read our release notes, too.

| Check name | Short description | Level C | Level B | Level A |
| :--------- | :---------------- | :------ | :------ | :------ |
| [Secrets](docs/secrets.md) | No secret is in the repository. | :white_check_mark: | ✅ | x |
| Two people | A second pair of eyes saw it. | | :white_check_mark: | :white_check_mark: |
| Drill | The key was rotated for real. | :soon: | | :white_check_mark: |
"""

RATINGS = """\
# Health of our on-call

| **Question** | **Tired (1)** | **Inspired (5)** |
| --- | --- | --- |
| 1\\. **Sleep** - How were the nights? | Somebody was up in most of them. | The pager was silent. |
| 2\\. **Help** - Who helps at night? | Nobody answers. | Any of us, at once. |
"""

TEMPLATE = """\
---
title: Service review
layout: page
---

| Service | `service name` |
|---|---|
| Owner | `team` |
| Start date | `YYYY-MM-DD` |

## Before we begin

### How does it scale?

<!-- Think of the busiest day, not of the average. -->

### Which dependency hurts most?

Name one, and say when it last did.

#### Service notes (5min)

Let the owner tell what the service does.

#### Data dictionary (5-10 minutes)

- What is stored, and for how long
"""

FILLED = """\
# Readiness of checkout

**Owner**: Ana

## Alerts

- [x] Every alert has a runbook

  See the wiki, page 4.
- [ ] Pages are fewer than five a week
- [x] What is the target?
- ❌ The drill was held

| Question | Status | Notes | Evidence |
|---|---|---|---|
| Can we roll back? | done | ten minutes | https://ci.example/42 |
| Is the load test green? | no | | |
| Is there a second region? | n/a one region is enough | | |

### How does it fail?

<!-- Name the three ways that cost most. -->

Slowly, from the ledger outwards.

### Who decides?

**Answer:** Bo
"""

PLAIN = """\
# Before you ship

* Somebody has read the change.
* The rollback was tried.
"""

ALL = {
    "tasks": TASKS,
    "levels": LEVELS,
    "ratings": RATINGS,
    "template": TEMPLATE,
    "filled": FILLED,
    "plain": PLAIN,
}

_WORD = re.compile(r"\w+")
_READ = {"done", "no", "n", "a", "answer", "x", "✅"}
"""Words that became the state of an answer."""
_MARKS = (
    (r":[a-z0-9_+-]{2,40}:", " "),  # names of emoji
    (r"^(\s*>)*\s*([-*+]|\d+[.)])\s+", " "),  # a bullet, a number that counts
    (r"\[[ xX]\]", " "),
    (r"^\s*#+\s*[\d.]*", " "),
    (r"^\s*\|\s*\d+\\?\.?", " "),
    (r"\(\d+(-\d+)? ?min(utes)?\)", " "),  # a timebox, which is minutes now
)


def items_by_id(text, name="list.md", **how):
    return {item.id: item for item in import_markdown(text, name, **how).agenda.items()}


def words_of(value):
    """Every word that stands anywhere in a value."""
    if isinstance(value, str):
        return set(_WORD.findall(value.casefold().replace("_", " ")))
    if isinstance(value, (list, tuple)):
        return set().union(*map(words_of, value))
    if is_dataclass(value):
        return set().union(*(words_of(getattr(value, field.name)) for field in fields(value)))
    return set()


def vanished(text, imported):
    """Words of the source that stand neither in the agenda, nor in the answers, nor in the losses: by line."""
    told = words_of(imported.agenda) | words_of(imported.answers) | words_of(imported.losses)
    found = {}
    for number, line in enumerate(text.split("\n"), 1):
        bare_line = line
        for pattern, by in _MARKS:
            bare_line = re.sub(pattern, by, bare_line)
        if missing := words_of(bare_line) - told - _READ:
            found[number] = sorted(missing)
    return found


def faults_of(agenda):
    """What lint says of the written agenda, which has to read back equal."""
    text = write_agenda(agenda)
    assert bare(load_agenda(text)) == bare(agenda)
    return [str(found) for found in lint(Source("imported.yaml", text))]
