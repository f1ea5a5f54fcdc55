"""Conditions of rules and items, as data; `hold.py` decides whether one holds.

A condition is never an expression that is executed: each node below is one shape of the agenda file.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Comparison(StrEnum):
    """The words a rule compares with. Ages and spans are in days."""

    IS = "is"
    IS_NOT = "is not"
    ONE_OF = "one of"
    NONE_OF = "none of"
    BELOW = "below"
    AT_MOST = "at most"
    AT_LEAST = "at least"
    ABOVE = "above"
    BEFORE = "before"
    AFTER = "after"
    OLDER_THAN = "older than"
    WITHIN = "within"
    HAS = "has"
    LACKS = "lacks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Another answer (or another cell of the same row) as the thing compared with, times a factor."""

    item: str = ""
    column: str = ""
    times: float = 1.0
    node: Literal["reference"] = "reference"


Operand = str | int | float | tuple[str, ...] | Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparing:
    """One comparison: `is fail`, `below 0`, `older than 90 days`."""

    by: Comparison
    operand: Operand


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnComparing:
    """A comparison of the cell in a column; several of them hold together."""

    column: str
    comparing: tuple[Comparing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Always:
    """Holds for any given answer."""

    node: Literal["always"] = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Holds when each of them holds."""

    of: tuple[Condition, ...]
    node: Literal["all"] = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """Holds when one of them holds."""

    of: tuple[Condition, ...]
    node: Literal["any"] = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation:
    """Holds when the other does not."""

    of: Condition
    node: Literal["not"] = "not"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfAnswer:
    """About an answer's value or state; `item` empty means the item that the rule stands on."""

    comparing: tuple[Comparing, ...]
    item: str = ""
    node: Literal["answer"] = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfRow:
    """Holds for each row whose cells all compare; its rule speaks once a row."""

    cells: tuple[ColumnComparing, ...]
    node: Literal["row"] = "row"


class Aggregate(StrEnum):
    """How rows become one number. `share` is the percentage of rows that `where` keeps."""

    COUNT = "count"
    SUM = "sum"
    LOWEST = "lowest"
    HIGHEST = "highest"
    AVERAGE = "average"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfRows:
    """About the table as a whole; `column` is empty for count and share."""

    aggregate: Aggregate
    comparing: tuple[Comparing, ...]
    column: str = ""
    where: tuple[ColumnComparing, ...] = ()
    item: str = ""
    node: Literal["rows"] = "rows"


class VoteStatistic(StrEnum):
    """What is read off the latest revealed round."""

    LOWEST = "lowest"
    HIGHEST = "highest"
    MEDIAN = "median"
    SPREAD = "spread"
    COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfVotes:
    """About the votes on an item; holds only after the reveal."""

    statistic: VoteStatistic
    comparing: tuple[Comparing, ...]
    item: str = ""
    node: Literal["votes"] = "votes"


class ServiceField(StrEnum):
    """What of the service a condition may ask about."""

    NAME = "name"
    TIER = "tier"
    TAGS = "tags"
    OWNER = "owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfService:
    """About the service that is reviewed."""

    field: ServiceField
    comparing: tuple[Comparing, ...]
    node: Literal["service"] = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfTrigger:
    """About the reason of the session: first-launch, major-change, incident, …"""

    comparing: tuple[Comparing, ...]
    node: Literal["trigger"] = "trigger"


Condition = Always | AllOf | AnyOf | Negation | OfAnswer | OfRow | OfRows | OfVotes | OfService | OfTrigger


def items_named(condition: Condition) -> frozenset[str] | None:
    """The other items whose answers a condition looks at; None where it also looks at votes."""
    match condition:
        case AllOf(of=parts) | AnyOf(of=parts):
            named = [items_named(part) for part in parts]
            known = [names for names in named if names is not None]
            return frozenset().union(*known) if len(known) == len(named) else None
        case Negation(of=part):
            return items_named(part)
        case OfVotes():
            return None
        case OfAnswer(item=item, comparing=comparing):
            return _references(comparing) | {item} - {""}
        case OfRow(cells=cells):
            return frozenset().union(*(_references(cell.comparing) for cell in cells))
        case OfRows(item=item, comparing=comparing, where=where):
            inside = frozenset().union(*(_references(cell.comparing) for cell in where))
            return _references(comparing) | inside | {item} - {""}
        case OfService(comparing=comparing) | OfTrigger(comparing=comparing):
            return _references(comparing)
        case Always():
            return frozenset()


def _references(comparing: tuple[Comparing, ...]) -> frozenset[str]:
    operands = (one.operand for one in comparing)
    return frozenset(one.item for one in operands if isinstance(one, Reference) and one.item)
