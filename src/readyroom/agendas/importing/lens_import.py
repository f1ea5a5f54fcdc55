"""AWS Well-Architected custom lenses as agendas: pillars become sections, questions become choices with rules."""

from __future__ import annotations

import re
from typing import Any

from readyroom.agendas.errors import AgendaError
from readyroom.agendas.importing.building import GUIDE_LIMIT, Names, Stretch, assemble, cut_guide
from readyroom.agendas.importing.lens_condition import Expression, RiskRuleError, choices_in, read_risk_condition
from readyroom.agendas.importing.lens_file import LensText, read_lens
from readyroom.agendas.importing.lens_rules import FINDINGS, Plan, RiskRule, write_rules
from readyroom.agendas.importing.loss import ImportedAgenda
from readyroom.agendas.words import slug
from readyroom.domain.agenda import Choice, Item, ItemKind, Rule
from readyroom.domain.answer import AnswerState
from readyroom.domain.finding import Finding

_ROOT = frozenset(("schemaVersion", "name", "description", "pillars", "_version"))
_PILLAR = frozenset(("id", "name", "questions"))
_QUESTION = frozenset(
    ("id", "title", "description", "choices", "riskRules", "helpfulResource", "additionalResources", "url")
)
_CHOICE = frozenset(("id", "title", "description", "helpfulResource", "improvementPlan", "additionalResources"))
_RESOURCE = frozenset(("displayText", "url", "Url"))
_NONE_ID = re.compile(r"(?:.*_no|none_?of_?(?:these|the_above)|none)", re.IGNORECASE)
_NONE_TITLE = re.compile(r"none of (?:these|the above)\b.*", re.IGNORECASE)
_DEFAULT = "default"
_LONGEST_ASK = 300
_LONGEST_ACTION = 200
_MOST_CHOICES = 60
_MOST_RULES = 20
_STATES = frozenset(state.value for state in AnswerState)


def import_lens(text: str | bytes, name: str) -> ImportedAgenda:
    """The agenda of a custom lens; `name` is the file's, from which the agenda's id is made.

    Raises:
        AgendaError: it is no lens, or no question of it can be asked.
    """
    lens = read_lens(text, name)
    root = lens.root
    lens.extras(root, _ROOT, "a lens")
    if version_words := lens.words(root, "schemaVersion"):
        lens.lose(version_words, "the version of the lens format is not kept", "schemaVersion")
    names = Names()
    stretches = []
    for pillar in lens.each(root, "pillars"):
        lens.go_to(pillar.get("id"))
        lens.extras(pillar, _PILLAR, "a pillar")
        title = lens.words(pillar, "name") or lens.words(pillar, "id") or "Questions"
        stretch = Stretch(title)
        for question in lens.each(pillar, "questions"):
            if item := _read_question(lens, question, names):
                stretch.items.append(item)
        if not stretch.items:
            lens.lose(title, "the pillar has no question that can be asked")
        stretches.append(stretch)
    if not any(stretch.items for stretch in stretches):
        raise AgendaError(what=f"{name} has no question that can be asked", fix="look at its pillars and questions")
    title = lens.words(root, "name") or name
    about = re.sub(" {2,}", " ", lens.words(root, "description", several=True))
    version = lens.words(root, "_version") or "1"
    agenda = assemble(name, title, stretches, about=about, version=version, kind_words=about)
    return ImportedAgenda(agenda=agenda, losses=tuple(lens.losses))


def _read_question(lens: LensText, question: dict[str, Any], names: Names) -> Item | None:
    lens.go_to(question.get("id"))
    lens.extras(question, _QUESTION, "a question")
    title, description = lens.words(question, "title"), lens.words(question, "description", several=True)
    own_id = lens.words(question, "id")
    if not (title or description or own_id):
        lens.lose(question, "a question without words")
        return None
    choices = list(lens.each(question, "choices"))[:_MOST_CHOICES]
    read = [one for one in (_read_choice(lens, choice) for choice in choices) if one]
    if not read:
        lens.lose(title or own_id, "a question without choices")
        return None
    ids = _choice_ids(lens, read, own_id)
    ask, guide = _ask(title, description, own_id)
    offered = [Choice(id=ids[key], text=one["title"] or key) for key, one in ((one["id"], one) for one in read)]
    if not any(_is_none(choice["id"], choice["title"]) for choice in read):
        offered.append(Choice(id=_unused("none-of-these", ids), text="None of these"))
    plans = [_plan(one) for one in read if one["plan"] and not _is_none(one["id"], one["title"])]
    rules = _read_rules(lens, question, plans, ids, title or ask)
    used = {rule.action for rule in rules}
    whole = "\n".join([*guide, *_links(lens, question), *(line for one in read for line in _about(one, used))])
    if len(whole) > GUIDE_LIMIT:
        lens.lose(whole[len(cut_guide(whole)) :], "the end of a long guide was cut")
    return Item(
        id=names.name(own_id.replace("_", "-") or title, "question"),
        kind=ItemKind.CHOICE,
        ask=ask,
        guide=cut_guide(whole).strip(),
        choices=tuple(offered),
        many=True,
        rules=tuple(rules),
    )


def _ask(title: str, description: str, own_id: str) -> tuple[str, list[str]]:
    """The question as it is read aloud, and what of title and description goes into the guide."""
    one_line = " ".join(description.split())
    if "?" in title:
        return title, [description] if description and one_line != title else []
    if one_line.endswith("?") and len(one_line) <= _LONGEST_ASK:
        return one_line, [f"**{title}**"] if title else []
    first, mark, rest = one_line.partition("? ")
    if mark and len(first) < _LONGEST_ASK and "." not in first:
        return f"{first}?", [*([f"**{title}**"] if title else []), rest]
    subject = title or one_line[:_LONGEST_ASK] or own_id
    shown = subject.rstrip(" .:")
    return f"{shown}: which of these hold?", [description] if title and description and one_line != title else []


def _read_choice(lens: LensText, choice: dict[str, Any]) -> dict[str, Any] | None:
    lens.extras(choice, _CHOICE, "a choice")
    choice_id, title = lens.words(choice, "id"), lens.words(choice, "title")
    if not choice_id:
        lens.lose(title or choice, "a choice without an id: no rule can name it")
        return None
    plan = next(iter(_resources(lens, choice, "improvementPlan")), ("", ""))
    links = _resources(lens, choice, "helpfulResource")
    for group in lens.each(choice, "additionalResources"):
        links += _resources(lens, group, "content")
    return {
        "id": choice_id,
        "title": title,
        "about": lens.words(choice, "description", several=True),
        "plan": plan[0],
        "plan_url": plan[1],
        "links": links,
    }


def _resources(lens: LensText, owner: dict[str, Any], key: str) -> list[tuple[str, str]]:
    """Texts with their links."""
    found = []
    for one in lens.each(owner, key):
        lens.extras(one, _RESOURCE, key)
        text, url = lens.words(one, "displayText"), lens.words(one, "url") or lens.words(one, "Url")
        if text or url:
            found.append((text, url))
    return found


def _links(lens: LensText, question: dict[str, Any]) -> list[str]:
    links = _resources(lens, question, "helpfulResource")
    for group in lens.each(question, "additionalResources"):
        links += _resources(lens, group, "content")
    if url := lens.words(question, "url"):
        links.append(("", url))
    return [f"See {_link(text, url)}" for text, url in links]


def _link(text: str, url: str) -> str:
    if not url:
        return text
    return f"[{text.replace('[', '(').replace(']', ')')}]({url})" if text else f"<{url}>"


def _about(choice: dict[str, Any], used: set[str]) -> list[str]:
    """What the guide tells of a choice: its description, its links, and its plan where no rule says it whole."""
    told = [choice["about"]] if choice["about"] else []
    told += [f"see {_link(text, url)}" for text, url in choice["links"]]
    if choice["plan_url"] or (choice["plan"] and _action(choice["plan"]) not in used):
        said_whole = _action(choice["plan"]) in used and _action(choice["plan"]) == choice["plan"]
        told.append(f"to improve: {_link('how' if said_whole else choice['plan'], choice['plan_url'])}")
    elif choice["plan"] and _action(choice["plan"]) != choice["plan"]:
        told.append(f"to improve: {choice['plan']}")
    return [f"- {(choice['title'] or choice['id']).rstrip('.:')}: {'; '.join(told)}"] if told else []


def _plan(choice: dict[str, Any]) -> Plan:
    because = f"Not so yet: {(choice['title'] or choice['id']).rstrip('.')}".translate(_NO_BRACES)
    return Plan(choice["id"], _action(choice["plan"]), because)


_NO_BRACES = str.maketrans("{}", "()")
"""Braces would be read as placeholders."""


def _action(plan: str) -> str:
    """A plan as the title of an action: its first sentences, as far as they fit."""
    words = " ".join(plan.split()).translate(_NO_BRACES)
    if len(words) <= _LONGEST_ACTION:
        return words
    cut = words[:_LONGEST_ACTION]
    sentences = cut.rpartition(". ")[0]
    return f"{sentences}." if len(sentences) > 40 else f"{cut.rpartition(' ')[0] or cut}…"


def _choice_ids(lens: LensText, choices: list[dict[str, Any]], own_id: str) -> dict[str, str]:
    """Our id for each choice; ids of a question's own prefix lose it where they stay apart."""
    names, ids = Names(), {}
    for choice in list(choices):
        if choice["id"] in ids:
            lens.lose(choice["title"] or choice["id"], "a second choice of the same id")
            choices.remove(choice)
            continue
        words = slug(choice["id"].replace("_", "-"))
        if words in _STATES or words.isdigit():  # a rule would read them as a state or a number
            words = f"choice-{words}"
        ids[choice["id"]] = names.name(words or choice["title"], "choice")
    return ids


def _is_none(choice_id: str, title: str) -> bool:
    return bool(_NONE_ID.fullmatch(choice_id) or _NONE_TITLE.fullmatch(title))


def _unused(name: str, ids: dict[str, str]) -> str:
    return name if name not in ids.values() else f"{name}-of-them"


def _read_rules(
    lens: LensText, question: dict[str, Any], plans: list[Plan], ids: dict[str, str], title: str
) -> list[Rule]:
    read: list[RiskRule] = []
    settled = False
    for risk_rule in list(lens.each(question, "riskRules"))[:_MOST_RULES]:
        condition, risk = lens.words(risk_rule, "condition"), lens.words(risk_rule, "risk")
        if settled:
            lens.lose(f"{condition}: {risk}", "a rule behind the default is never reached", condition)
        elif risk not in FINDINGS:
            lens.lose(f"{condition}: {risk}", "the risk is none of NO_RISK, MEDIUM_RISK, HIGH_RISK", condition)
        elif condition == _DEFAULT:
            settled = True
            read.append(RiskRule(None, FINDINGS[risk]))
        elif expression := _read_condition(lens, condition, ids):
            read.append(RiskRule(expression, FINDINGS[risk]))
    if not settled:
        read.append(RiskRule(None, Finding.UNRATED))
    rules = write_rules(read, plans, ids, title.translate(_NO_BRACES).rstrip(" ?."))
    if not settled:
        reached = any(rule.finding is Finding.UNRATED for rule in rules)
        then = "what no rule names is unrated" if reached else "the others say something for every selection"
        lens.lose(title, f"there is no default rule: {then}")
    return rules


def _read_condition(lens: LensText, condition: str, ids: dict[str, str]) -> Expression | None:
    try:
        expression = read_risk_condition(condition)
    except RiskRuleError as error:
        lens.lose(condition, f"the rule cannot be read: {error}")
        return None
    unknown = {one.choice for one in choices_in(expression)} - set(ids)
    if unknown:
        named = ", ".join(sorted(unknown))[:200]
        lens.lose(condition, f"the rule names no choice of this question: {named}")
        return None
    return expression
