"""Builders for the domain's tests: items of every kind, agendas, and meetings about several services."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from readyroom.domain.agenda import (
    Agenda,
    Choice,
    Column,
    ColumnKind,
    Item,
    ItemKind,
    ReviewKind,
    RoleCount,
    Section,
)
from readyroom.domain.meeting import Meeting
from readyroom.domain.service import Service
from readyroom.domain.session import Session

TODAY = date(2026, 11, 22)
"""A Sunday."""
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

CHOICES = (
    Choice(id="detect", text="Detect it"),
    Choice(id="find", text="Find the cause"),
    Choice(id="fix", text="Fix"),
)


def later(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def item(kind: str, item_id: str = "q", **changed) -> Item:
    """An item of a kind, with choices where the kind needs them."""
    made = Item(
        id=item_id,
        kind=ItemKind(kind),
        ask=f"What about {item_id}?",
        choices=CHOICES if kind == "choice" else (),
        columns=COLUMNS if kind == "table" else (),
    )
    return replace(made, **changed)


COLUMNS = (
    Column(id="name", title="Name", kind=ColumnKind.TEXT, required=True),
    Column(id="uptime", title="up time", kind=ColumnKind.NUMBER, unit="%"),
    Column(id="step", title="slowest step", kind=ColumnKind.CHOICE, choices=CHOICES),
    Column(id="checked", title="checked on", kind=ColumnKind.DATE),
)


def agenda(
    *items: Item,
    sections: tuple[Section, ...] = (),
    kind: str = "reliability-review",
    roles: tuple[RoleCount, ...] = (),
) -> Agenda:
    """An agenda of one section with these items, or of these sections."""
    return Agenda(
        id="look",
        version="1.0.0",
        title="A look",
        kind=ReviewKind(kind),
        minutes=30,
        root="look",
        sections=sections or (Section(id="first", title="First", minutes=10, items=items),),
        roles=roles,
    )


def meeting(of: Agenda, *, subjects: tuple[str, ...] = ("checkout",), services: tuple[Service, ...] = ()) -> Meeting:
    """A meeting in which nothing was said yet."""
    session = Session(
        id="s",
        agenda_id=of.id,
        agenda_version=of.version,
        agenda_root=of.root,
        agenda_hash="",
        title=of.title,
        kind=of.kind.value,
        subjects=subjects,
        created_at=NOON,
        version=1,
    )
    return Meeting(session=session, agenda=of, services={service.name: service for service in services})


typed_texts = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789.,-+−% \t|;\"'_e٣²½∞", max_size=20),
    st.sampled_from(
        [
            "",
            " ",
            "\t",
            "NaN",
            "inf",
            "1e9",
            "fri",
            "+2w",
            "never",
            "yes",
            "detect, fix",
            "\u202e30 min",
            "\x00",
            "9" * 5000,
        ]
    ),
)
raw_values = st.recursive(
    st.one_of(
        typed_texts,
        st.none(),
        st.booleans(),
        st.integers(),
        st.sampled_from([10**16, -(10**400)]),
        st.floats(),
        st.dates(),
        st.datetimes(),
        st.binary(max_size=3),
    ),
    lambda parts: (
        st.lists(parts, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "uptime", "step", "checked", "else", 3]), parts, max_size=4)
    ),
    max_leaves=8,
)
kinds = st.sampled_from([kind.value for kind in ItemKind])
