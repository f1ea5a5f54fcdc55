"""Agendas of every shape that a file can say, for hypothesis."""

from dataclasses import replace

from hypothesis import strategies as st

from readyroom.agendas.load import load_agenda
from readyroom.domain.agenda import (
    Agenda,
    Anchor,
    Cadence,
    Choice,
    Column,
    ColumnKind,
    Direction,
    EvidenceRequest,
    Item,
    ItemKind,
    ReviewKind,
    RoleCount,
    Rule,
    Section,
    VoteMode,
)
from readyroom.domain.condition import (
    Aggregate,
    AllOf,
    Always,
    AnyOf,
    ColumnComparing,
    Comparing,
    Comparison,
    Negation,
    OfAnswer,
    OfRow,
    OfRows,
    OfService,
    OfTrigger,
    OfVotes,
    Reference,
    ServiceField,
    VoteStatistic,
)
from readyroom.domain.finding import Finding
from readyroom.domain.service import Tier

ids = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
_SIGNS = "ab yz019:#-?!&*{}[]|>'\"%@`,.é運✅\\"
lines = st.text(_SIGNS, min_size=1, max_size=40).map(str.strip).filter(bool)
texts = st.one_of(
    lines,
    st.sampled_from(
        ["yes", "null", "1.0", "- a", "~", "0x1F", "2026-01-01", "a: b", "'", "true", "12:30", "word " * 40 + "end"]
    ),
    st.lists(lines, min_size=2, max_size=3).map("\n".join),
)
numbers = st.one_of(st.integers(-1000, 1000), st.floats(-1e6, 1e6, allow_nan=False).map(lambda one: round(one, 3)))
minutes = st.one_of(st.integers(1, 90), st.sampled_from([0.5, 2.5]))
# No symbol at the front, and nothing that is read as a comparison, a reference or a state.
words = st.one_of(ids, st.sampled_from(["needs work", "always", "any row", "at most", "is", "ja: nein", "yes", "5"]))
flags = st.booleans()
tiers = st.sets(st.sampled_from(list(Tier))).map(lambda some: tuple(tier for tier in Tier if tier in some))
references = st.one_of(
    st.builds(Reference, item=ids, times=st.sampled_from([1.0, 2.0, 0.5, 1e-7])),
    st.builds(Reference, column=ids, times=st.sampled_from([1.0, 3.0])),
)
_PLAIN = [Comparison.IS, Comparison.IS_NOT, Comparison.HAS, Comparison.LACKS]
_NUMERIC = [Comparison.BELOW, Comparison.AT_MOST, Comparison.AT_LEAST, Comparison.ABOVE]
comparisons = st.one_of(
    # Digits are read as a number, but where nothing is said except the word itself.
    st.builds(
        Comparing,
        by=st.sampled_from(_PLAIN),
        operand=st.one_of(words.filter(lambda one: not one.isdigit()), numbers, st.just("unanswered")),
    ),
    st.builds(
        Comparing,
        by=st.sampled_from([Comparison.ONE_OF, Comparison.NONE_OF]),
        operand=st.lists(words, min_size=1, max_size=3).map(tuple),
    ),
    st.builds(Comparing, by=st.sampled_from(_NUMERIC), operand=st.one_of(numbers, references)),
    st.builds(
        Comparing, by=st.sampled_from([Comparison.OLDER_THAN, Comparison.WITHIN]), operand=st.integers(0, 36_500)
    ),
    st.builds(
        Comparing,
        by=st.sampled_from([Comparison.BEFORE, Comparison.AFTER]),
        operand=st.sampled_from(["today", "+26w", "2026-12-01"]),
    ),
)
several = st.lists(comparisons, min_size=1, max_size=2, unique_by=lambda one: one.by).map(tuple)
cells = st.lists(
    st.builds(ColumnComparing, column=ids, comparing=several), min_size=1, max_size=2, unique_by=lambda one: one.column
).map(tuple)
_COUNTED = [Aggregate.COUNT, Aggregate.SHARE]
conditions = st.recursive(
    st.one_of(
        st.just(Always()),
        st.builds(OfAnswer, comparing=several, item=st.one_of(st.just(""), ids)),
        st.builds(OfRow, cells=st.one_of(st.just(()), cells)),
        st.builds(
            OfRows,
            aggregate=st.sampled_from(_COUNTED),
            comparing=several,
            where=st.one_of(st.just(()), cells),
            item=ids,
        ),
        st.builds(
            OfRows,
            aggregate=st.sampled_from([one for one in Aggregate if one not in _COUNTED]),
            comparing=several,
            column=ids,
        ),
        st.builds(OfVotes, statistic=st.sampled_from(list(VoteStatistic)), comparing=several),
        st.builds(
            OfService,
            field=st.sampled_from([ServiceField.NAME, ServiceField.TIER, ServiceField.OWNER]),
            comparing=several,
        ),
        st.builds(OfTrigger, comparing=several),
    ),
    lambda inner: st.one_of(
        st.builds(AllOf, of=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, of=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Negation, of=inner),
    ),
    max_leaves=4,
)
rules = st.builds(
    Rule,
    when=conditions,
    finding=st.sampled_from(list(Finding)),
    action=st.one_of(st.just(""), texts),
    risk=st.one_of(st.just(""), texts),
    because=st.one_of(st.just(""), texts),
    priority=st.one_of(st.none(), st.integers(1, 4)),
    due=st.sampled_from(["", "+2w", "fri"]),
)
choices = st.lists(st.builds(Choice, id=ids, text=texts), min_size=1, max_size=3, unique_by=lambda one: one.id).map(
    tuple
)


def _column(column_id, title, kind, options, unit, scale, given, required):
    return Column(
        id=column_id,
        title=title or column_id.replace("-", " "),
        kind=kind,
        choices=options if kind is ColumnKind.CHOICE else (),
        unit=unit if kind is ColumnKind.NUMBER else "",
        scale=scale if kind is ColumnKind.NUMBER else None,
        given=given,
        required=required,
    )


columns = st.lists(
    st.builds(
        _column,
        ids,
        st.one_of(st.just(""), texts),
        st.sampled_from(list(ColumnKind)),
        choices,
        texts,
        st.sampled_from((None, (1, 5), (0, 10))),
        flags,
        flags,
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one.id,
).map(tuple)


@st.composite
def items(draw, item_id):
    kind = draw(st.sampled_from(list(ItemKind)))
    made = Item(
        id=item_id,
        kind=kind,
        ask=draw(texts),
        guide=draw(st.one_of(st.just(""), texts)),
        optional=draw(flags),
        when=draw(st.one_of(st.none(), conditions)),
        minutes=draw(st.one_of(st.none(), minutes)),
    )
    if kind is ItemKind.INFO:
        return made
    made = replace(made, required=draw(tiers), rules=tuple(draw(st.lists(rules, max_size=2))))
    made = replace(made, evidence=draw(st.one_of(st.none(), st.builds(EvidenceRequest, ask=lines, required=tiers))))
    made = replace(made, respondents=tuple(draw(st.lists(ids, max_size=2, unique=True))))
    if kind is ItemKind.YES_NO:
        return replace(made, bad=draw(st.sampled_from(["", "yes", "no"])))
    if kind in (ItemKind.RATING, ItemKind.NUMBER):
        better = draw(st.sampled_from([None, Direction(better="lower"), Direction(better="higher")]))
        made = replace(made, direction=better, vote=draw(st.sampled_from(list(VoteMode))), votes_named=draw(flags))
    if kind is ItemKind.RATING:
        levels = draw(st.sets(st.integers(1, 5)))
        anchors = tuple(Anchor(level=level, text=draw(texts)) for level in sorted(levels))
        return replace(made, anchors=anchors, scale=draw(st.sampled_from([(1, 5), (0, 10), (1, 3)])))
    if kind is ItemKind.NUMBER:
        return replace(made, unit=draw(st.one_of(st.just(""), lines)))
    if kind is ItemKind.CHOICE:
        return replace(made, choices=draw(choices), many=draw(flags))
    if kind is ItemKind.TABLE:
        own = draw(columns)
        given_count = sum(column.given for column in own)
        row = st.lists(texts, min_size=given_count, max_size=given_count).map(tuple)
        rows = draw(st.lists(row, max_size=2)) if given_count else []
        return replace(made, columns=own, rows=tuple(rows), prompts=tuple(draw(st.lists(texts, max_size=2))))
    return made


@st.composite
def agendas(draw):
    names = iter(draw(st.lists(ids, min_size=6, max_size=6, unique=True)))
    sections = []
    for at in range(draw(st.integers(1, 2))):
        made = tuple(draw(items(next(names))) for _ in range(draw(st.integers(0, 3))))
        sections.append(
            Section(
                id=f"s{at}",
                title=draw(texts),
                minutes=draw(minutes),
                goal=draw(st.one_of(st.just(""), texts)),
                items=made,
                when=draw(st.one_of(st.none(), conditions)),
            )
        )
    some_tiers = draw(tiers)
    counts = st.sampled_from([(0, None), (1, None), (1, 1), (2, 4), (0, 0)])
    roles = tuple(
        RoleCount(role=role, least=least, most=most)
        for role, (least, most) in draw(st.dictionaries(ids, counts, max_size=3)).items()
    )
    return Agenda(
        id=draw(ids),
        version=draw(st.sampled_from(["1", "1.0.0", "2.1", "draft"])),
        title=draw(texts),
        kind=draw(st.sampled_from(list(ReviewKind))),
        minutes=draw(minutes),
        about=draw(st.one_of(st.just(""), texts)),
        sections=tuple(sections),
        cadence=tuple(Cadence(tier=tier, days=draw(st.sampled_from([30, 90]))) for tier in some_tiers),
        triggers=tuple(draw(st.lists(ids, max_size=2))),
        roles=roles,
        signers=tuple((tier, tuple(draw(st.lists(ids, min_size=1, max_size=2)))) for tier in draw(tiers)),
    )


_GATED = """\
agenda: 1
id: gated
title: Gated
kind: other
sections:
  - id: s
    title: S
    minutes: 5
    items:
      - {{id: i, kind: {kind}, ask: How many?, {keys}}}
"""
bars = st.one_of(
    numbers, st.dictionaries(st.sampled_from([*(tier.value for tier in Tier), "default"]), numbers, min_size=1)
)


def _flow(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {one!r}" for key, one in value.items()) + "}"
    return repr(value)


@st.composite
def gated_agendas(draw):
    """Agendas whose thresholds came from short forms: a gate, a target, both."""
    if draw(flags):
        kind = draw(st.sampled_from(["check", "yes-no, bad: yes", "date", "text"]))
        gate = draw(st.sampled_from(["true", "critical", "[critical, low]"]))
        return load_agenda(_GATED.format(kind=kind, keys=f"gate: {gate}"))
    keys = [f"better: {draw(st.sampled_from(['lower', 'higher']))}"]
    keys += [f"gate: {_flow(draw(bars))}"] if draw(flags) else []
    keys += [f"target: {_flow(draw(bars))}"] if draw(flags) else []
    keys += ["rules: [{when: above 3, finding: high}]"] if draw(flags) else []
    return load_agenda(_GATED.format(kind="number, unit: min", keys=", ".join(keys)))
