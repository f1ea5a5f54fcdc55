"""Keys of an agenda file that have a short form: cadence, roles, signers, evidence, vote, anchors, scale, bars."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from readyroom.agendas.words import (
    by_tier,
    read_days,
    read_flag,
    read_id,
    read_ids,
    read_number,
    read_role_count,
    read_text,
    read_tier,
    read_tiers,
)
from readyroom.agendas.wrongs import Path, Wrongs, pick, quoted
from readyroom.domain.agenda import Anchor, Cadence, EvidenceRequest, RoleCount, VoteMode
from readyroom.domain.service import Tier

DEFAULT = "default"
HIGHEST_LEVEL = 10
_SCALE = re.compile(r"(\d{1,2})\s*(?:-|–|to)\s*(\d{1,2})")
_BAR = re.compile(r"(at most|at least)\s+([-+]?\d+(?:\.\d+)?)\s*(\S.*)?")


@dataclass(frozen=True, slots=True)
class Bar:
    """A value that is good enough for a tier (None: for the tiers not named); `better` empty as not said."""

    tier: Tier | None
    value: float
    better: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """What blocks: a bar to reach, or, where there is no number, the bad answer for some tiers."""

    bars: tuple[Bar, ...] = ()
    tiers: tuple[Tier, ...] = ()


@dataclass(frozen=True, slots=True)
class Voting:
    """How an item is voted on."""

    mode: VoteMode
    named: bool = False


def read_mapping(
    value: Any, path: Path, wrongs: Wrongs, parsers: Mapping[str, Callable[[Any, Path, Wrongs], Any]], wanted: str
) -> dict[str, Any]:
    """The known keys of a small mapping, each read by its parser."""
    if not isinstance(value, dict):
        wrongs.expect(path, wanted, value)
        return {}
    read = {}
    for key, one in value.items():
        if key in parsers:
            read[key] = parsers[key](one, (*path, key), wrongs)
        else:
            wrongs.add((*path, key), f"unknown key {quoted(key)}", pick(key, parsers), at_key=True)
    return read


def read_cadence(value: Any, path: Path, wrongs: Wrongs) -> tuple[Cadence, ...]:
    """`90d` for all, or a span for each tier with a default for the others."""
    days = {}
    for word, one in by_tier(value, path, wrongs).items():
        place = (*path, word) if isinstance(value, dict) else path
        days[word] = read_days(one, place, wrongs)
    return tuple(
        Cadence(tier=tier, days=days.get(tier, days.get(DEFAULT, 0)))
        for tier in Tier
        if tier in days or DEFAULT in days
    )


def read_roles(value: Any, path: Path, wrongs: Wrongs) -> tuple[RoleCount, ...]:
    """`{facilitator: 1, owner: 1+}`, or a list of roles of which one or more should be there."""
    if isinstance(value, list):
        named = (read_id(role, (*path, at), wrongs) for at, role in enumerate(value))
        return tuple(RoleCount(role=role, least=1) for role in named)
    if not isinstance(value, dict):
        wrongs.expect(path, "roles with how many people of each", value, "write {facilitator: 1, owner: 1+}")
        return ()
    return tuple(
        read_role_count(read_id(role, (*path, role), wrongs), count, (*path, role), wrongs)
        for role, count in value.items()
    )


def read_signers(value: Any, path: Path, wrongs: Wrongs) -> tuple[tuple[Tier, tuple[str, ...]], ...]:
    """The roles that sign: a list for all tiers, or a list for each tier with a default."""
    roles = {}
    for word, one in by_tier(value, path, wrongs).items():
        roles[word] = read_ids(one, (*path, word) if isinstance(value, dict) else path, wrongs)
    pairs = ((tier, roles.get(tier, roles.get(DEFAULT, ()))) for tier in Tier)
    return tuple((tier, named) for tier, named in pairs if named)


def read_evidence(value: Any, path: Path, wrongs: Wrongs) -> EvidenceRequest | None:
    """`true`, what to ask for, or a mapping with `ask`, `expires` and `required`."""
    if isinstance(value, bool):
        return EvidenceRequest() if value else None
    if isinstance(value, str):
        return EvidenceRequest(ask=read_text(value, path, wrongs))
    wanted = "true, what to ask for, or {ask: …, expires: 90d}"
    parsers = {"ask": read_text, "expires": read_days, "required": read_tiers}
    read = read_mapping(value, path, wrongs, parsers, wanted)
    return EvidenceRequest(
        ask=read.get("ask", EvidenceRequest().ask),
        expires_days=read.get("expires"),
        required=read.get("required", ()),
    )


def read_voting(value: Any, path: Path, wrongs: Wrongs) -> Voting:
    """`silent`, `open`, or `{mode: silent, named: true}`."""
    if not isinstance(value, dict):
        return Voting(_read_vote_mode(value, path, wrongs))
    read = read_mapping(value, path, wrongs, {"mode": _read_vote_mode, "named": read_flag}, "silent or open")
    return Voting(read.get("mode", VoteMode.SILENT), read.get("named", False))


def _read_vote_mode(value: Any, path: Path, wrongs: Wrongs) -> VoteMode:
    words = tuple(mode.value for mode in VoteMode)
    if value in words:
        return VoteMode(value)
    if isinstance(value, str):
        wrongs.add(path, f"unknown way to vote {quoted(value)}", pick(value, words))
    else:
        wrongs.expect(path, "silent or open", value)
    return VoteMode.NONE


def read_scale(value: Any, path: Path, wrongs: Wrongs) -> tuple[int, int]:
    """`1 to 5` or `[1, 5]`."""
    ends: list[Any] = value if isinstance(value, list) else []
    if isinstance(value, str) and (spoken := _SCALE.fullmatch(value.strip())):
        ends = [int(spoken[1]), int(spoken[2])]
    whole = all(isinstance(end, int) and not isinstance(end, bool) for end in ends)
    if len(ends) != 2 or not whole or not 0 <= ends[0] < ends[1] <= HIGHEST_LEVEL:
        wrongs.expect(path, f"a scale such as 1 to 5 (from 0, up to {HIGHEST_LEVEL})", value)
        return (1, 5)
    return (ends[0], ends[1])


def read_anchors(value: Any, path: Path, wrongs: Wrongs) -> tuple[Anchor, ...]:
    """What a level looks like, by level."""
    if not isinstance(value, dict) or not value:
        wrongs.expect(path, "a text for each level", value, "write {1: …, 3: …, 5: …}")
        return ()
    anchors = []
    for level, text in value.items():
        digits = str(level)
        if isinstance(level, bool) or not (digits.isascii() and digits.isdigit() and len(digits) < 3):
            wrongs.add((*path, level), f"{quoted(level)} is no level", "write a whole number", at_key=True)
            continue
        anchors.append(Anchor(level=int(digits), text=read_text(text, (*path, level), wrongs)))
    return tuple(sorted(anchors, key=lambda anchor: anchor.level))


def read_bars(value: Any, path: Path, wrongs: Wrongs) -> tuple[Bar, ...]:
    """`15`, `at most 15`, or one of these for each tier with a default."""
    bars = []
    for word, one in by_tier(value, path, wrongs).items():
        place = (*path, word) if isinstance(value, dict) else path
        tier = None if word == DEFAULT else read_tier(word, place, wrongs)
        spoken = _BAR.fullmatch(one.strip()) if isinstance(one, str) else None
        if spoken:
            bars.append(Bar(tier, float(spoken[2]), "lower" if spoken[1] == "at most" else "higher"))
        else:
            wanted = "a number, at most 15 or at least 15"
            bars.append(Bar(tier, read_number(one, place, wrongs, wanted=wanted)))
    if len({bar.better for bar in bars}) > 1:
        wrongs.add(path, "the tiers disagree on which way is better", "write at most, or at least, for each")
    return tuple(bars)


def read_gate(value: Any, path: Path, wrongs: Wrongs) -> Gate:
    """A bar that must be reached; for items without numbers `true` or the tiers for which it blocks."""
    tiers_of = isinstance(value, bool | list) or (isinstance(value, str) and not value.startswith("at "))
    if tiers_of:
        return Gate(tiers=read_tiers(value, path, wrongs))
    return Gate(bars=read_bars(value, path, wrongs))
