"""From an agenda to a file that people like to edit: short forms, keys in the order in which they are read aloud."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from readyroom.agendas.columns import COLUMN_WORDS
from readyroom.agendas.condition_writer import write_condition
from readyroom.agendas.errors import AgendaError
from readyroom.agendas.file_model import FORMAT
from readyroom.agendas.find import Source
from readyroom.agendas.gate_writer import write_bars
from readyroom.agendas.load import load_agenda
from readyroom.agendas.words import slug
from readyroom.agendas.yaml_layout import Inline, InlineList, Parts, lay_out
from readyroom.borders.errors import BorderError
from readyroom.borders.text import clean_line
from readyroom.borders.yamlrules import SIZE_LIMIT
from readyroom.domain.agenda import (
    ALL_TIERS,
    Agenda,
    Cadence,
    Choice,
    Column,
    ColumnKind,
    EvidenceRequest,
    Item,
    RoleCount,
    Rule,
    Section,
    VoteMode,
)
from readyroom.domain.finding import Finding
from readyroom.domain.service import Tier

SCHEMA_LINE = "# yaml-language-server: $schema=agenda.schema.json"


def write_agenda(agenda: Agenda, *, comments: Iterable[str] = ()) -> str:
    """The agenda as a file of its own; read back, it is equal but for where its items came from.

    Args:
        comments: lines for the top of the file, such as where it was taken from.

    Raises:
        AgendaError: no file can say this agenda, naming the item that cannot be written.
    """
    head = [SCHEMA_LINE, *(f"# {clean_line(line)}".rstrip() for line in comments)]
    try:
        text = "\n".join(head) + "\n" + lay_out(_write_head(agenda))
    except BorderError as error:
        raise AgendaError(what=f"the agenda {agenda.id} cannot be written: {error}", fix=error.fix) from error
    if len(text.encode("utf-8")) > SIZE_LIMIT:
        what = f"the agenda {agenda.id} would be longer than the {SIZE_LIMIT:,} bytes that a file may have"
        raise AgendaError(what=what, fix="split it into several agendas")
    _check(agenda, text)
    return text


def bare(agenda: Agenda) -> Agenda:
    """The agenda without where it and its items came from: what a file can say."""
    sections = tuple(
        replace(section, items=tuple(replace(item, origin="", changed_by=()) for item in section.items))
        for section in agenda.sections
    )
    return replace(agenda, sections=sections, root="", lineage=())


def _check(agenda: Agenda, text: str) -> None:
    """What is written must come back: an agenda that no file can say is refused, never changed in silence."""
    read = bare(load_agenda(Source(f"{agenda.id}.yaml", text)))
    wanted = bare(agenda)
    if read == wanted:
        return
    pairs = zip(wanted.items(), read.items(), strict=False)
    where = next((f"the item {one.id}" for one, other in pairs if one != other), "its head or a section")
    raise AgendaError(what=f"the agenda {agenda.id} cannot be written as a file: {where} would change", fix="change it")


def _write_head(agenda: Agenda) -> dict[str, Any]:
    tree: dict[str, Any] = {"agenda": FORMAT, "id": agenda.id, "version": agenda.version, "title": agenda.title}
    tree["kind"] = agenda.kind.value
    if agenda.about:
        tree["about"] = _long(agenda.about)
    if agenda.cadence:
        tree["cadence"] = _write_cadence(agenda.cadence)
    tree["minutes"] = _number(agenda.minutes)
    if agenda.triggers:
        tree["triggers"] = InlineList(agenda.triggers)
    if agenda.roles:
        tree["roles"] = Inline({role.role: _write_count(role) for role in agenda.roles})
    if agenda.signers:
        tree["signers"] = _by_tier([(tier, InlineList(roles)) for tier, roles in agenda.signers])
    tree["sections"] = Parts(_write_section(section) for section in agenda.sections)
    return tree


def _write_section(section: Section) -> dict[str, Any]:
    tree: dict[str, Any] = {"id": section.id, "title": section.title, "minutes": _number(section.minutes)}
    if section.goal:
        tree["goal"] = _long(section.goal)
    if section.when:
        tree["when"] = write_condition(section.when)
    if section.items:
        tree["items"] = [write_item(item) for item in section.items]
    return tree


def write_item(item: Item) -> dict[str, Any]:
    """One item as the mapping of the file."""
    tree: dict[str, Any] = {"id": item.id, "kind": item.kind.value}
    for key, value in (("bad", item.bad), ("unit", item.unit), ("ask", item.ask)):
        if value:
            tree[key] = value
    if item.guide:
        tree["guide"] = _long(item.guide)
    if item.required:
        tree["required"] = _write_tiers(item.required)
    if item.optional:
        tree["optional"] = True
    if item.when:
        tree["when"] = write_condition(item.when)
    if item.minutes is not None:
        tree["minutes"] = _number(item.minutes)
    if item.evidence:
        tree["evidence"] = _write_evidence(item.evidence)
    if item.scale != (1, 5):
        tree["scale"] = f"{item.scale[0]} to {item.scale[1]}"
    if item.anchors:
        tree["anchors"] = {anchor.level: anchor.text for anchor in item.anchors}
    if item.vote is not VoteMode.NONE or item.votes_named:
        mode = item.vote.value
        tree["vote"] = Inline(mode=mode, named=True) if item.votes_named else mode
    if item.many:
        tree["many"] = True
    _write_lists(item, tree)
    rules = write_bars(item, tree)
    if rules:
        tree["rules"] = [_write_rule(rule) for rule in rules]
    return tree


def _write_lists(item: Item, tree: dict[str, Any]) -> None:
    if item.choices:
        tree["choices"] = _write_choices(item.choices)
    if item.columns:
        tree["columns"] = {_column_name(column): _write_column(column) for column in item.columns}
    if item.rows:
        tree["rows"] = [row[0] if len(row) == 1 else InlineList(row) for row in item.rows]
    if item.prompts:
        tree["prompts"] = list(item.prompts)
    if item.respondents:
        tree["respondents"] = InlineList(item.respondents)


def _write_rule(rule: Rule) -> dict[str, Any]:
    tree: dict[str, Any] = {"when": write_condition(rule.when)}
    suggests = rule.action or rule.risk or rule.check
    if rule.finding is not Finding.UNRATED or not suggests:
        tree["finding"] = rule.finding.value
    for key in ("action", "risk", "check"):
        if value := getattr(rule, key):
            tree[key] = value
    if rule.priority is not None:
        tree["priority"] = f"P{rule.priority}"
    if rule.due:
        tree["due"] = rule.due
    if rule.owner:
        tree["owner"] = rule.owner
    if rule.because:
        tree["because"] = rule.because
    return tree


def _write_choices(choices: tuple[Choice, ...]) -> Any:
    if all(slug(choice.text) == choice.id and len(choice.text) < 30 for choice in choices):
        return InlineList(choice.text for choice in choices)
    return {choice.id: choice.text for choice in choices}


def _column_name(column: Column) -> str:
    return column.title if column.title == column.id.replace("-", " ") else column.id


def _write_column(column: Column) -> Any:
    tree: dict[str, Any] = {}
    is_number = column.unit or column.scale
    implied = ColumnKind.CHOICE if column.choices else ColumnKind.NUMBER if is_number else ColumnKind.TEXT
    if column.kind is not implied:
        tree["kind"] = column.kind.value
    if column.title != column.id.replace("-", " "):
        tree["title"] = column.title
    if column.unit:
        tree["unit"] = column.unit
    if column.scale:
        tree["scale"] = f"{column.scale[0]} to {column.scale[1]}"
    if column.choices:
        tree["choices"] = _write_choices(column.choices)
    for key in ("given", "required"):
        if getattr(column, key):
            tree[key] = True
    if not tree or (len(tree) == 1 and tree.get("kind") in COLUMN_WORDS):
        return column.kind.value
    if len(tree) == 1 and isinstance(tree.get("choices"), InlineList):
        return tree["choices"]
    return Inline(tree)


def _write_evidence(evidence: EvidenceRequest) -> Any:
    tree: dict[str, Any] = {}
    if evidence.ask != EvidenceRequest().ask:
        tree["ask"] = evidence.ask
    if evidence.expires_days is not None:
        tree["expires"] = f"{evidence.expires_days}d"
    if evidence.required:
        tree["required"] = _write_tiers(evidence.required)
    if not tree:
        return True
    return tree["ask"] if list(tree) == ["ask"] else Inline(tree)


def _write_cadence(cadence: tuple[Cadence, ...]) -> Any:
    return _by_tier([(one.tier, f"{one.days}d") for one in cadence])


def _by_tier(pairs: list[tuple[Tier, Any]]) -> Any:
    """One value for all tiers where they agree, else a mapping with a default for the last ones that do."""
    values = dict(pairs)
    if len(values) < len(ALL_TIERS):
        return Inline({tier.value: value for tier, value in pairs})
    last = values[ALL_TIERS[-1]]
    others = {tier.value: value for tier, value in pairs if value != last}
    return Inline({**others, "default": last}) if others else last


def _write_tiers(tiers: tuple[Tier, ...]) -> Any:
    return True if tiers == ALL_TIERS else InlineList(tier.value for tier in tiers)


def _write_count(role: RoleCount) -> Any:
    if role.most is None:
        return f"{role.least}+" if role.least else "any"
    return role.least if role.least == role.most else f"{role.least}-{role.most}"


def _number(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value


def _long(text: str) -> str:
    """A text of several lines with a break at its end, so that it stands as a block; reading takes it off again."""
    return f"{text}\n" if "\n" in text else text
