"""Whether a condition holds, and what an item's rules conclude and suggest from that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from statistics import median

from readyroom.domain.agenda import Item, ItemKind, Rule, columns_of
from readyroom.domain.answer import FAIL, Answer, AnswerState, Row, Value, show_value
from readyroom.domain.compare import Fetch, as_number, compares
from readyroom.domain.condition import (
    Aggregate,
    AllOf,
    Always,
    AnyOf,
    ColumnComparing,
    Comparing,
    Condition,
    Negation,
    OfAnswer,
    OfRow,
    OfRows,
    OfService,
    OfTrigger,
    OfVotes,
    Reference,
)
from readyroom.domain.finding import Finding, worst
from readyroom.domain.service import Service
from readyroom.domain.table import show_cell
from readyroom.domain.wording import BLANK, fill, values_of

_QUIET = (Finding.OK, Finding.UNRATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteSummary:
    """What may be shown of the votes of one round; `low` counts those on the two lowest levels."""

    lowest: float
    highest: float
    median: float
    spread: float
    count: int
    low: int

    def as_numbers(self) -> dict[str, float]:
        """The statistics by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def summarise_votes(votes: Sequence[float], scale: tuple[int, int] = (1, 5)) -> VoteSummary | None:
    """The votes of a round without their voters; None when there is none."""
    if not votes:
        return None
    lowest, highest = min(votes), max(votes)
    return VoteSummary(
        lowest=lowest,
        highest=highest,
        median=median(votes),
        spread=highest - lowest,
        count=len(votes),
        low=sum(vote <= scale[0] + 1 for vote in votes),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What conditions may look at, for one subject. `votes` holds revealed rounds only."""

    today: date
    answers: Mapping[str, Answer] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)
    service: Service | None = None
    trigger: str = ""
    votes: Mapping[str, VoteSummary] = field(default_factory=dict)

    def with_answer(self, answer: Answer) -> Facts:
        """The same with this answer to its item, as when one of several respondents is looked at."""
        return replace(self, answers={**self.answers, answer.key.item: answer})

    def state(self, item: str) -> AnswerState:
        """Where the answer to an item stands."""
        return self.answers[item].state if item in self.answers else AnswerState.UNANSWERED

    def value(self, item: str) -> Value | None:
        """What was answered; None unless the answer counts."""
        return self.answers[item].value if self.state(item) is AnswerState.ANSWERED else None

    def rows(self, item: str) -> tuple[Row, ...]:
        """The rows that were answered."""
        value = self.value(item)
        return tuple(row for row in value if isinstance(row, Mapping)) if isinstance(value, tuple) else ()


@dataclass(frozen=True, slots=True)
class Holding:
    """Whether a condition holds; where it is about rows, for which of them (counted from 0)."""

    holds: bool
    rows: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return self.holds


class ProposalKind(StrEnum):
    """What a rule suggests."""

    ACTION = "action"
    RISK = "risk"
    CHECK = "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One suggestion of a rule, its words filled in. `row_index` is None where it is about no row."""

    kind: ProposalKind
    text: str
    because: str = ""
    priority: int | None = None
    due: str = ""
    owner: str = ""
    rule_index: int
    row_index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemVerdict:
    """What the rules make of one answer."""

    finding: Finding
    why: str = ""
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A rule that holds, for a row or for the item as a whole."""

    rule: Rule
    index: int
    row: int | None


def holds(condition: Condition, facts: Facts, own: str = "") -> Holding:
    """Whether the condition holds; `own` is the item that it stands on."""
    match condition:
        case Always():
            return Holding(facts.state(own) is AnswerState.ANSWERED)
        case AllOf(of=parts):
            return _all([holds(part, facts, own) for part in parts])
        case AnyOf(of=parts):
            found = [holds(part, facts, own) for part in parts]
            return Holding(any(found), tuple(sorted({row for one in found for row in one.rows})))
        case Negation(of=part):
            return Holding(not holds(part, facts, own))
        case OfRow(cells=cells):
            rows = facts.rows(own)
            indices = tuple(at for at, row in enumerate(rows) if _row_meets(cells, row, facts))
            return Holding(bool(indices), indices)
        case _:
            return Holding(_holds_plainly(condition, facts, own))


def _all(found: list[Holding]) -> Holding:
    if not all(found):
        return Holding(False)
    about_rows = [set(one.rows) for one in found if one.rows]
    if not about_rows:
        return Holding(True)
    common = set.intersection(*about_rows)
    return Holding(bool(common), tuple(sorted(common)))


def _holds_plainly(condition: Condition, facts: Facts, own: str) -> bool:
    match condition:
        case OfAnswer(comparing=comparing, item=item):
            name = item or own
            return compares(comparing, facts.value(name), facts.state(name), facts.today, _fetcher(facts))
        case OfRows():
            return _rows_meet(condition, facts, own)
        case OfVotes(statistic=statistic, comparing=comparing, item=item):
            votes = facts.votes.get(item or own)
            return votes is not None and _value_meets(comparing, votes.as_numbers()[statistic.value], facts)
        case OfService(field=asked, comparing=comparing):
            service = facts.service or Service(name="")
            values: dict[str, Value] = {
                "name": service.name,
                "tier": service.counted_tier.value,
                "tags": service.tags,
                "owner": service.owner,
            }
            value = values[asked.value]
            state = AnswerState.UNANSWERED if value == "" else AnswerState.ANSWERED
            return compares(comparing, value, state, facts.today, _fetcher(facts))
        case OfTrigger(comparing=comparing):
            return _value_meets(comparing, facts.trigger, facts)
    raise AssertionError(f"{condition!r} is decided elsewhere")


def _value_meets(comparing: Sequence[Comparing], value: Value, facts: Facts) -> bool:
    return compares(comparing, value, AnswerState.ANSWERED, facts.today, _fetcher(facts))


def _fetcher(facts: Facts, row: Row | None = None) -> Fetch:
    def fetch(reference: Reference) -> Value | None:
        if reference.item:
            return facts.value(reference.item)
        return row.get(reference.column) if row is not None else None

    return fetch


def _row_meets(cells: Sequence[ColumnComparing], row: Row, facts: Facts) -> bool:
    for cell in cells:
        value = row.get(cell.column)
        blank = value is None or value == ""
        state = AnswerState.UNANSWERED if blank else AnswerState.ANSWERED
        if not compares(cell.comparing, value, state, facts.today, _fetcher(facts, row)):
            return False
    return True


def _rows_meet(condition: OfRows, facts: Facts, own: str) -> bool:
    rows = facts.rows(condition.item or own)
    if not rows:
        return False
    kept = [row for row in rows if _row_meets(condition.where, row, facts)]
    if condition.aggregate is Aggregate.COUNT:
        return _value_meets(condition.comparing, len(kept), facts)
    if condition.aggregate is Aggregate.SHARE:
        return _value_meets(condition.comparing, 100 * len(kept) / len(rows), facts)
    numbers = [n for row in kept if (n := as_number(row.get(condition.column))) is not None]
    if not numbers:
        return False
    match condition.aggregate:
        case Aggregate.SUM:
            total = sum(numbers)
        case Aggregate.LOWEST:
            total = min(numbers)
        case Aggregate.HIGHEST:
            total = max(numbers)
        case _:
            total = sum(numbers) / len(numbers)
    return _value_meets(condition.comparing, total, facts)


def findings(item: Item, facts: Facts) -> ItemVerdict:
    """What the rules conclude and suggest: the first that holds speaks, once for each row it is about.

    A gate speaks beside the other rules: it blocks whatever they say, and they suggest whatever it says.
    """
    spoken = [*_speaking(item, facts, gate=True), *_speaking(item, facts, gate=False)]
    default = _default(item, facts)
    if not spoken:
        return ItemVerdict(finding=default, why=_bare_why(item, facts) if default not in _QUIET else "")
    graded = [(_finding_of(one.rule, default), one) for one in spoken]
    finding = worst(grade for grade, _ in graded)
    worst_one = next(one for grade, one in graded if grade is finding)
    words = _words_for(item, facts, worst_one.row)
    because = next(
        (one.rule.because for one in (worst_one, *spoken) if one.rule.because and one.row == worst_one.row), ""
    )
    proposals = [proposal for one in spoken for proposal in _proposals(item, facts, one)]
    unique = {(proposal.kind, proposal.text): proposal for proposal in reversed(proposals)}
    return ItemVerdict(
        finding=finding,
        why=fill(because, words) or _bare_why(item, facts, worst_one.row),
        proposals=tuple(proposal for proposal in proposals if unique[proposal.kind, proposal.text] is proposal),
    )


def _speaking(item: Item, facts: Facts, *, gate: bool) -> list[_Spoken]:
    spoken: list[_Spoken] = []
    taken: set[int] = set()
    settled = False
    for index, rule in enumerate(item.rules):
        if (rule.source == "gate") is not gate:
            continue
        holding = holds(rule.when, facts, item.id)
        if holding.rows:
            spoken += [_Spoken(rule, index, row) for row in holding.rows if row not in taken]
            taken.update(holding.rows)
        elif holding and not settled:
            spoken.append(_Spoken(rule, index, None))
            settled = True
    return spoken


def _finding_of(rule: Rule, default: Finding) -> Finding:
    """A rule that only suggests speaks of something to do, so it is medium at least; else nothing is rated."""
    if rule.finding is not Finding.UNRATED:
        return rule.finding
    if rule.action or rule.risk or rule.check:
        return worst((Finding.MEDIUM, default))
    return Finding.UNRATED


def _default(item: Item, facts: Facts) -> Finding:
    """What the kind says where no rule speaks."""
    state = facts.state(item.id)
    if state in (AnswerState.UNKNOWN, AnswerState.DISPUTED):
        return Finding.MEDIUM
    if state is not AnswerState.ANSWERED:
        return Finding.UNRATED
    value = facts.value(item.id)
    if item.kind is ItemKind.CHECK:
        return Finding.HIGH if value == FAIL else Finding.OK
    if item.kind is ItemKind.YES_NO and item.bad:
        return Finding.HIGH if value == item.bad else Finding.OK
    return Finding.OK if item.rules else Finding.UNRATED


def _bare_why(item: Item, facts: Facts, row: int | None = None) -> str:
    """Why, where the rule does not say: the answer itself, of a table the row's first cell."""
    if row is not None:
        first = columns_of(item)[0]
        return show_cell(first, facts.rows(item.id)[row].get(first.id))
    match facts.state(item.id):
        case AnswerState.UNKNOWN:
            return "nobody knows"
        case AnswerState.DISPUTED:
            return "the room does not agree"
        case AnswerState.ANSWERED:
            return show_value(item, facts.value(item.id))
        case state:
            return state.value


def _words_for(item: Item, facts: Facts, row: int | None) -> dict[str, str]:
    rows = facts.rows(item.id)
    service = facts.service or Service(name="")
    votes = facts.votes.get(item.id)
    return values_of(
        item,
        facts.value(item.id),
        row=rows[row] if row is not None else None,
        votes=votes.as_numbers() if votes else None,
        service=service.name or "the service",
        tier=service.counted_tier.value,
        owner=service.owner,
        trigger=facts.trigger,
    )


def _filled(text: str, words: Mapping[str, str]) -> str:
    """An owner or a date; nothing where the answer left it open."""
    filled = fill(text, words)
    return "" if BLANK in filled else filled


def _proposals(item: Item, facts: Facts, spoken: _Spoken) -> list[Proposal]:
    rule, words = spoken.rule, _words_for(item, facts, spoken.row)
    texts = ((ProposalKind.ACTION, rule.action), (ProposalKind.RISK, rule.risk), (ProposalKind.CHECK, rule.check))
    return [
        Proposal(
            kind=kind,
            text=fill(text, words),
            because=fill(rule.because, words),
            priority=rule.priority if kind is ProposalKind.ACTION else None,
            due=_filled(rule.due, words) if kind is ProposalKind.ACTION else "",
            owner=_filled(rule.owner, words) if kind is ProposalKind.ACTION else "",
            rule_index=spoken.index,
            row_index=spoken.row,
        )
        for kind, text in texts
        if text
    ]
