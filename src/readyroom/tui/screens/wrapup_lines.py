"""How the wrap-up's lines are drawn: each thing that is missing, and the verdict by section."""

from __future__ import annotations

from readyroom.domain.capture import Capture, short_id
from readyroom.domain.finding import Finding
from readyroom.domain.meeting import Meeting
from readyroom.domain.progress import Place, is_open, state_of
from readyroom.domain.record import Gap, Outcome
from readyroom.tui.text import Content, Part, assemble, clip, fit, join
from readyroom.tui.themes import Glyphs, Look, finding_look, state_look

_HINT = 15


def capture_of(meeting: Meeting, gap: Gap) -> Capture | None:
    """The capture that a gap is about, or None."""
    return next((one for one in meeting.captures if not one.withdrawn and short_id(one) == gap.place), None)


def place_of(meeting: Meeting, places: tuple[Place, ...], gap: Gap) -> Place | None:
    """The question that a gap is about: the one still open, where an item is asked for several services."""
    found = [place for place in places if place.key.item == gap.place]
    return next((place for place in found if is_open(meeting.answer(place.key))), found[0] if found else None)


def gap_line(gap: Gap, meeting: Meeting, places: tuple[Place, ...], width: int, glyphs: Glyphs) -> Content:
    """One thing that is missing, and what Enter does about it."""
    look = gap_look(gap, meeting, places, glyphs)
    hint = fit(f"{glyphs.enter} {gap.fix}" if gap.fix else "", _HINT)
    room = max(8, width - _HINT - 4)
    return assemble((f"{look.glyph} ", look.style), fit(gap.what, room), "  ", (hint, "$text-muted"))


def gap_look(gap: Gap, meeting: Meeting, places: tuple[Place, ...], glyphs: Glyphs) -> Look:
    """The sign of a gap: the state of its question, or how much an action lacks."""
    place = place_of(meeting, places, gap)
    if place is not None:
        required = place.item.is_required(meeting.tier(place.key.subject))
        look = state_look(state_of(meeting, place.key), glyphs=glyphs)
        if look.style == "$success":
            return Look(glyphs.grave, "high", "$error")
        return Look(look.glyph, look.word, "$error" if required else "$warning")
    if gap.fix == "set owner" and gap.place.startswith("A-"):
        return Look(glyphs.failed, "missing", "$error")
    return Look(glyphs.unanswered, "missing", "$warning" if gap.place.startswith("A-") else "$text-muted")


def verdict_lines(outcome: Outcome, meeting: Meeting, width: int, glyphs: Glyphs, *, tall: bool) -> Content:
    """The verdict, then each section with its finding; `tall` gives every section a line of its own."""
    overall = finding_look(outcome.verdict, glyphs=glyphs)
    head: list[Part] = [("Verdict  ", "bold"), (f"{overall.glyph} {outcome.words}", f"bold {overall.style}")]
    titles = {section.id: section.title for section in meeting.agenda.sections}
    if tall:
        rows = [assemble(*head)]
        for one in outcome.sections:
            look = finding_look(one.finding, glyphs=glyphs)
            said = f"{look.glyph} {look.word}"
            room = max(6, min(34, width - 28))
            rows.append(
                assemble(
                    fit(titles.get(one.section, one.section), room),
                    "  ",
                    (fit(said, 11), look.style),
                    (f"  {one.answered} of {one.asked}", "$text-muted"),
                )
            )
        return join(rows)
    labels: list[Content] = [assemble(*head, "  ")]
    rated = [one for one in outcome.sections if one.finding is not Finding.UNRATED]
    for one in rated:
        look = finding_look(one.finding, glyphs=glyphs)
        title = clip(titles.get(one.section, one.section), 18)
        labels.append(assemble((f"{title} ", "$text-muted"), (look.glyph, look.style)))
    if rated and len(rated) < len(outcome.sections):
        labels.append(assemble((f"{len(outcome.sections) - len(rated)} not rated", "$text-muted")))
    return join(_in_lines(labels, width)[:2])


def _in_lines(labels: list[Content], width: int) -> list[Content]:
    """Labels beside each other, as many as fit; none of them is broken."""
    lines = labels[:1]
    for label in labels[1:]:
        if lines[-1].cell_length + 2 + label.cell_length <= width:
            lines[-1] = assemble(lines[-1], "  ", label)
        else:
            lines.append(label)
    return lines
