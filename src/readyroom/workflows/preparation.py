"""Before the meeting: the pre-read, a sheet for each person, and reading the sheets back as prepared answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from readyroom.agendas.answers import load_answers
from readyroom.borders.errors import BorderError, Problem
from readyroom.borders.filenames import slug
from readyroom.borders.files import make_folder, read_regular, write_atomic
from readyroom.domain import meeting as steps
from readyroom.domain.answer import AnswerKey, AnswerState, Audience, Prepared, show_value
from readyroom.domain.audience import for_the_room
from readyroom.domain.change import Entity
from readyroom.domain.meeting import Meeting, keys_of
from readyroom.domain.progress import Place, is_asked, places
from readyroom.export.preread import LastAnswer, preread
from readyroom.export.sheet import SheetRequest, sheet_markdown, sheet_yaml
from readyroom.records.folder import session_folder
from readyroom.records.sheets import SHEET_LIMIT, SheetEntry, read_sheet
from readyroom.workflows.headless import subject_for
from readyroom.workflows.saving import save_step
from readyroom.workflows.typed import kept_line
from readyroom.workflows.workspace import Workspace
from readyroom.workflows.wrapup import record_now

STYLES = ("md", "yaml")
NOBODY = "everybody"
"""Who prepares when no roster was given: one sheet for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedFiles:
    """What was written for a meeting to come."""

    folder: Path
    preread: Path
    sheets: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What reading one sheet back gave; what could not be read is among the problems, the rest counts."""

    person: str
    session_id: str
    prepared: int
    confirmed: int
    problems: tuple[Problem, ...] = ()


def prepare(workspace: Workspace, session_id: str, *, out: Path | None = None, style: str = "md") -> PreparedFiles:
    """Write the pre-read of a session, and a sheet for each person of its roster.

    Raises:
        BorderError: an unknown style, or a file that cannot be written.
    """
    if style not in STYLES:
        raise BorderError(f"there are no sheets as {style!r}", "", f"choose from {', '.join(STYLES)}")
    # Everybody gets these files: what is for facilitators only is asked in the meeting.
    meeting, _ = for_the_room(workspace.store().repository.meeting(session_id))
    asked = [place for place in places(meeting, workspace.today) if is_asked(place.item)]
    dealt = deal(asked, meeting.present or (NOBODY,))
    folder = out if out is not None else session_folder(workspace.sessions, record_now(workspace, meeting))
    make_folder(folder)
    path = folder / "pre-read.md"
    write_atomic(path, _preread(workspace, meeting, dealt))
    title = f"{meeting.session.title}: {meeting.session.subject}" if meeting.session.subject else meeting.session.title
    sheets: list[Path] = []
    for person, theirs in dealt.items():
        keys = tuple(place.key for place in theirs)
        if not keys:
            continue
        request = SheetRequest(agenda=meeting.agenda, session=meeting.session.id, person=person, keys=keys, title=title)
        for stem, suffix, content in _sheet_files(request, style):
            sheet = _free(folder / f"{stem}{suffix}", sheets)
            write_atomic(sheet, content)
            sheets.append(sheet)
    return PreparedFiles(folder=folder, preread=path, sheets=tuple(sheets))


def _free(path: Path, taken: Sequence[Path]) -> Path:
    """Two people whose names differ only in what a file name cannot hold have a sheet each."""
    names = (path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, len(taken) + 2)))
    return next(one for one in names if one not in taken)


def _sheet_files(request: SheetRequest, style: str) -> Iterator[tuple[str, str, str]]:
    """The files of one person's sheet: an answers file is about one subject, a Markdown sheet about all."""
    name = f"sheet-{slug(request.person, 'person')}"
    if style == "md":
        yield name, ".md", sheet_markdown(request)
        return
    subjects = tuple(dict.fromkeys(key.subject for key in request.keys))
    for subject in subjects:
        about = f"-{slug(subject, 'service')}" if len(subjects) > 1 else ""
        yield f"{name}{about}", ".yaml", sheet_yaml(request, subject)


def deal(asked: Sequence[Place], people: Sequence[str]) -> dict[str, tuple[Place, ...]]:
    """Who prepares what: equal runs of neighbouring questions, so that one person has one subject."""
    share, extra = divmod(len(asked), len(people))
    dealt: dict[str, tuple[Place, ...]] = {}
    start = 0
    for number, person in enumerate(people):
        end = start + share + (number < extra)
        dealt[person] = tuple(asked[start:end])
        start = end
    return dealt


def fill(workspace: Workspace, path: Path, *, session: str = "", confirm: bool = False) -> Filled:
    """Read a filled-in sheet back as prepared answers, which count once they are confirmed.

    A second reading of a person's sheet replaces that person's first, as far as the sheet reaches; what it says again
    stays as it is. While there are problems in it, what it does not say stays from the first.

    Args:
        session: Its short id or id; the one named in the sheet if empty.
        confirm: Count them at once.

    Raises:
        BorderError: it is no sheet, names no session that is here, or the session is over.
        AgendaError: a YAML sheet with wrong entries; nothing of it is taken.
    """
    raw = read_regular(path, SHEET_LIMIT)
    text = _text(raw, path)
    named = session or _named_session(text)
    if not named:
        if "<!-- item:" not in text and path.suffix not in (".yaml", ".yml"):
            fix = "name the sheet of a person, such as sheet-ana.md; the pre-read is only read"
            raise BorderError("this is no sheet: nothing in it is asked", str(path), fix)
        raise BorderError("the sheet names no session", str(path), "say which: --session S-3")
    repository = workspace.store().repository
    meeting = repository.meeting(repository.session(named).id)
    if meeting.session.is_over:
        raise BorderError(
            f"S-{meeting.session.number} is {meeting.session.status.value}", str(path), "reopen it, or start another"
        )
    read = _read(workspace, meeting, text, path)
    said = [_prepared(workspace, meeting, read.person, entry) for entry in read.entries]
    earlier = [one for one in meeting.prepared if one.by == read.person and not one.withdrawn]
    again = {one.key: one for one in earlier if any(_says_the_same(one, new) for new in said)}
    made = [one for one in said if one.key not in again]
    keys = {one.key for one in said}
    gone = [one for one in earlier if one.key not in again and (one.key in keys or _is_dropped(one.key, read))]
    changed: list[Entity] = [*(replace(one, withdrawn=True) for one in gone), *made]
    step = steps.put_all(meeting, tuple(changed), f"read the sheet of {read.person}")
    save_step(workspace, step)
    counted = [again.get(one.key, one) for one in said]
    return Filled(
        person=read.person,
        session_id=meeting.session.id,
        prepared=len(said),
        confirmed=_confirm(workspace, step.meeting, counted) if confirm else 0,
        problems=read.problems,
    )


def _says_the_same(one: Prepared, other: Prepared) -> bool:
    return one.key == other.key and replace(one, id="", at=other.at, version=0) == replace(other, id="", version=0)


def _is_dropped(key: AnswerKey, read: _Read) -> bool:
    return not read.problems and read.about in (None, key.subject)


def last_answers(workspace: Workspace, meeting: Meeting) -> Mapping[AnswerKey, LastAnswer]:
    """What the same questions were answered in the last finished review of each subject."""
    repository = workspace.store().repository
    found: dict[AnswerKey, LastAnswer] = {}
    for subject in meeting.session.subjects:
        before = repository.previous(meeting.session, subject)
        if before is None:
            continue
        earlier = repository.meeting(before.id)
        for key, answer in earlier.answers.items():
            item = earlier.item(key.item)
            if key.subject == subject and item and answer.state is AnswerState.ANSWERED and answer.given_at:
                shown = show_value(item, answer.value)
                found[key] = LastAnswer(shown=shown, on=earlier.today(answer.given_at))
    return found


def _preread(workspace: Workspace, meeting: Meeting, dealt: Mapping[str, Sequence[Place]]) -> str:
    repository = workspace.store().repository
    still_open = [action for subject in meeting.session.subjects for action in repository.open_actions(subject)]
    open_actions = [action for action in still_open if action.audience is Audience.ROOM]
    assigned = {
        person: tuple(dict.fromkeys(place.item.id for place in theirs))
        for person, theirs in dealt.items()
        if person != NOBODY
    }
    return preread(
        meeting, previous=last_answers(workspace, meeting), open_actions=open_actions, assigned=assigned or None
    )


def _text(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BorderError("it is not UTF-8 text", str(path), "save it as UTF-8") from error


def _named_session(text: str) -> str:
    for line in text.splitlines()[:20]:
        name, colon, value = line.strip().lstrip("# ").partition(":")
        if colon and name.strip().casefold() == "session":
            return value.strip().strip("'\"")
    return ""


@dataclass(frozen=True, slots=True)
class _Read:
    """What stood in a sheet. `about` is the one subject that it can say anything about; None: any."""

    person: str
    entries: tuple[SheetEntry, ...]
    problems: tuple[Problem, ...]
    about: str | None = None


def _read(workspace: Workspace, meeting: Meeting, text: str, path: Path) -> _Read:
    if path.suffix in (".yaml", ".yml"):
        return _read_yaml(meeting, path)
    sheet = read_sheet(text, meeting.agenda, str(path), workspace.today)
    asked = {key for item in meeting.agenda.items() for key in keys_of(meeting, item)}
    strays = tuple(
        Problem(str(path), entry.line, 1, f"{_shown(entry.key)} is not asked in this session", "prepare a new sheet")
        for entry in sheet.entries
        if entry.key not in asked
    )
    entries = tuple(entry for entry in sheet.entries if entry.key in asked)
    return _Read(sheet.person or kept_line(path.stem), entries, (*sheet.problems, *strays))


def _shown(key: AnswerKey) -> str:
    parts = " of ".join(part for part in (key.item, key.subject) if part)
    return kept_line(f"{parts} by {key.respondent}" if key.respondent else parts)


def _read_yaml(meeting: Meeting, path: Path) -> _Read:
    given = load_answers(path, meeting.agenda)
    subject = subject_for(meeting, given)
    entries = tuple(
        SheetEntry(
            key=AnswerKey(answer.item, subject, answer.respondent),
            line=0,
            state=answer.state,
            value=answer.value,
            reason=answer.reason,
            note=answer.note,
            evidence=answer.evidence,
        )
        for answer in given.answers
        if answer.state is not AnswerState.UNANSWERED or answer.note or answer.evidence
    )
    return _Read(given.by or kept_line(path.stem), entries, (), about=subject)


def _prepared(workspace: Workspace, meeting: Meeting, person: str, entry: SheetEntry) -> Prepared:
    return Prepared(
        id=workspace.new_id(),
        session=meeting.session.id,
        key=entry.key,
        by=person,
        at=workspace.now,
        value=entry.value,
        state=entry.state,
        reason=entry.reason,
        note=entry.note,
        evidence=entry.evidence,
    )


def _confirm(workspace: Workspace, meeting: Meeting, made: Sequence[Prepared]) -> int:
    confirmed = 0
    for prepared in made:
        if meeting.answer(prepared.key).state is AnswerState.UNANSWERED:
            step = steps.confirm_prepared(meeting, prepared, at=workspace.now, by=workspace.actor)
            save_step(workspace, step)
            meeting, confirmed = step.meeting, confirmed + 1
    return confirmed
