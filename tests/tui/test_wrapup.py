"""At the end, what is missing comes first, each line leads to its fix, and nothing missing stops finishing."""

from datetime import date
from threading import Event
from types import SimpleNamespace

import pytest
from textual.widgets._toast import Toast

from readyroom.borders.errors import BorderError
from readyroom.domain.agenda import Section
from readyroom.domain.finding import Finding
from readyroom.domain.record import SectionOutcome
from readyroom.domain.session import SessionStatus
from readyroom.store import StoreError
from readyroom.tui.screens import wrapup
from readyroom.tui.screens.home import HomeScreen
from readyroom.tui.screens.meeting import MeetingScreen
from readyroom.tui.screens.minutes import without_front_matter
from readyroom.tui.screens.session_view import SessionScreen
from readyroom.tui.screens.wrapup import WrapUpScreen
from readyroom.tui.screens.wrapup_lines import verdict_lines
from readyroom.tui.themes import UNICODE
from readyroom.tui.widgets.linelist import LineList
from tui.workspaces import SIZES, a_finished_session, a_workspace, an_app, an_unfinished_session, text_of, until


@pytest.fixture
def workspace(tmp_path):
    made = a_workspace(tmp_path)
    yield made
    made.close()


async def wrap_up(app, pilot):
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()
    await pilot.press("u")
    await pilot.pause()
    assert isinstance(app.screen, WrapUpScreen)


async def mark_line(app, pilot, words):
    gaps = app.screen._gaps
    found = [n for n, gap in enumerate(gaps) if words in f"{gap.what} {gap.fix}"]
    assert found, f"nothing of {words!r} in {gaps}"
    app.screen.query_one(LineList).mark(found[0])
    await pilot.pause()


async def test_what_is_missing_is_listed_with_its_fix(workspace):
    an_unfinished_session(workspace)
    app = an_app(workspace)
    async with app.run_test(size=(120, 35)) as pilot:
        await wrap_up(app, pilot)
        shown = text_of(app)
        assert "What is missing, most important first" in shown
        assert "↵ set owner" in shown
        assert "▲ at risk" in shown
        assert "Interim minutes" in shown


async def test_an_owner_and_a_date_are_set_in_one_line(workspace):
    an_unfinished_session(workspace)
    app = an_app(workspace)
    async with app.run_test(size=(120, 35)) as pilot:
        await wrap_up(app, pilot)
        await mark_line(app, pilot, "set owner")
        await pilot.press("enter", *"@bo +2w", "enter")
        await pilot.pause()
        live = app.screen.live
        action = next(one for one in live.meeting.actions if one.title.startswith("Alert"))
        assert (action.owner, action.due, action.priority) == ("Bo", date(2026, 12, 6), 1)
        await pilot.pause()
        assert not [gap for gap in app.screen._gaps if gap.place.startswith("A-") and gap.fix == "set owner"]


async def test_a_bare_name_is_an_owner_too(workspace):
    an_unfinished_session(workspace)
    app = an_app(workspace)
    async with app.run_test(size=(120, 35)) as pilot:
        await wrap_up(app, pilot)
        await mark_line(app, pilot, "Name the regions")
        await pilot.press("enter", *"an", "enter")
        await pilot.pause()
        assert app.screen.live.meeting.parked[0].owner == "Ana"


async def test_an_action_that_is_missing_is_typed_at_its_question(workspace):
    an_unfinished_session(workspace)
    app = an_app(workspace)
    async with app.run_test(size=(120, 35)) as pilot:
        await wrap_up(app, pilot)
        await mark_line(app, pilot, "add an action")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MeetingScreen) and app.screen.fields.is_open)
        await pilot.press(*"Fix", "enter")
        await pilot.pause()
        assert [(one.title, one.item) for one in app.screen.live.meeting.actions][-1] == ("Fix", "paged")


async def test_escape_leaves_the_line_and_changes_nothing(workspace):
    an_unfinished_session(workspace)
    app = an_app(workspace)
    async with app.run_test(size=(120, 35)) as pilot:
        await wrap_up(app, pilot)
        await mark_line(app, pilot, "set owner")
        await pilot.press("enter", *"@bo", "escape")
        await pilot.pause()
        assert isinstance(app.screen, WrapUpScreen)
        assert not any(one.owner == "Bo" for one in app.screen.live.meeting.actions)


async def test_an_owner_who_was_not_there_can_agree(workspace):
    an_unfinished_session(workspace)
    app = an_app(workspace)
    async with app.run_test(size=(120, 35)) as pilot:
        await wrap_up(app, pilot)
        await mark_line(app, pilot, "Not yet agreed")
        await pilot.press("enter")
        await pilot.pause()
        assert "agreed with Chidi?" in text_of(app)
        assert "↵ yes · esc no" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, WrapUpScreen)
        assert not all(one.agreed for one in app.screen.live.meeting.actions)
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert all(one.agreed for one in app.screen.live.meeting.actions)
        app.screen.live.undo()
        assert not all(one.agreed for one in app.screen.live.meeting.actions), "it can be undone"


async def test_an_open_question_leads_back_to_itself(workspace):
    an_unfinished_session(workspace)
    app = an_app(workspace)
    async with app.run_test(size=(120, 35)) as pilot:
        await wrap_up(app, pilot)
        await mark_line(app, pilot, "Skipped")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)
        assert app.screen.live.key.item == "toil"
        await pilot.press("b")
        await pilot.pause()
        assert app.screen.live.key.item == "paged"


async def test_finishing_writes_the_minutes_and_says_where(workspace):
    session = an_unfinished_session(workspace)
    app = an_app(workspace)
    async with app.run_test(size=(120, 35)) as pilot:
        await wrap_up(app, pilot)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, SessionScreen))
        assert isinstance(app.screen, SessionScreen)
        shown = text_of(app)
        assert "Finished." in shown
        assert "sessions/2026-11-22-checkout-small-review/summary.md" in shown
        assert str(workspace.folder) not in shown
        assert (workspace.sessions / "2026-11-22-checkout-small-review" / "record.json").exists()
        await pilot.press("h")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "Resume" not in text_of(app)
    assert workspace.store().repository.meeting(session).session.status is SessionStatus.FINISHED


async def test_adjourning_goes_on_at_the_next_sitting(workspace):
    session = an_unfinished_session(workspace)
    app = an_app(workspace)
    async with app.run_test(size=(120, 35)) as pilot:
        await wrap_up(app, pilot)
        await pilot.press("j")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert isinstance(app.screen, HomeScreen)
        assert workspace.store().repository.meeting(session).session.status is SessionStatus.ADJOURNED
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)
        assert app.screen.live.meeting.sitting.number == 2


async def test_a_finished_session_can_be_reopened(workspace):
    an_unfinished_session(workspace)
    app = an_app(workspace)
    async with app.run_test(size=(120, 35)) as pilot:
        await wrap_up(app, pilot)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, SessionScreen))
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)


async def test_the_minutes_are_copied_and_the_file_is_named_as_the_sure_way(workspace):
    an_unfinished_session(workspace)
    app = an_app(workspace)
    async with app.run_test(size=(120, 35), notifications=True) as pilot:
        await wrap_up(app, pilot)
        await pilot.press("e")
        await until(pilot, lambda: "Written" in [note.title for note in app._notifications])
        await pilot.press("c")
        await pilot.pause(0.2)
        assert app.clipboard.count("Alert on user-visible errors") > 0
        assert "summary.md" in text_of(app)


async def test_what_cannot_be_written_is_told_and_the_session_is_still_closed(workspace, monkeypatch):
    def full(*_):
        raise BorderError("cannot write it: the disk is full", "summary.md", "make room, then try again")

    monkeypatch.setattr("readyroom.records.folder.write_session_files", full)
    session = an_unfinished_session(workspace)
    app = an_app(workspace)
    async with app.run_test(size=(120, 35)) as pilot:
        await wrap_up(app, pilot)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, SessionScreen))
        assert isinstance(app.screen, SessionScreen)
        assert "are written" not in text_of(app)
        assert "e  tries again to write them" in text_of(app)
        assert [note.severity for note in app._notifications] == ["error"]
    assert workspace.store().repository.meeting(session).session.is_over


class SlowDisk:
    """What ends a meeting, held back until the test lets it go."""

    def __init__(self, monkeypatch):
        self.gate, self.begun = Event(), 0
        self._finish = wrapup.finish
        monkeypatch.setattr(wrapup, "finish", self)

    def __call__(self, *of):
        self.begun += 1
        self.gate.wait(20)
        return self._finish(*of)


async def test_a_slow_disk_holds_no_key_up_while_a_meeting_is_finished_once(workspace, monkeypatch):
    session, disk = an_unfinished_session(workspace), SlowDisk(monkeypatch)
    app = an_app(workspace)
    async with app.run_test(size=(120, 35)) as pilot:
        await wrap_up(app, pilot)
        await pilot.press("f")
        await pilot.pause()
        assert "finishing…" in text_of(app)
        marked = app.screen.query_one(LineList).marked
        await pilot.press("down", "f", "j", "e", "h", "b", "enter")
        await pilot.pause()
        assert app.screen.query_one(LineList).marked != marked, "keys are answered"
        assert isinstance(app.screen, WrapUpScreen), "nobody leaves meanwhile"
        assert not workspace.store().repository.meeting(session).session.is_over
        disk.gate.set()
        await until(pilot, lambda: isinstance(app.screen, SessionScreen))
        assert disk.begun == 1
    assert workspace.store().repository.meeting(session).session.is_over


async def test_what_keeps_a_meeting_from_being_finished_is_told_where_it_was_asked(workspace, monkeypatch):
    def refuse(*_):
        raise StoreError("the disk is full", "readyroom.db", "make room")

    monkeypatch.setattr(wrapup, "finish", refuse)
    session = an_unfinished_session(workspace)
    app = an_app(workspace)
    async with app.run_test(size=(120, 35), notifications=True) as pilot:
        await wrap_up(app, pilot)
        await pilot.press("f")
        await until(pilot, lambda: list(app._notifications))
        assert isinstance(app.screen, WrapUpScreen)
        assert "finishing" not in text_of(app)
        assert [note.title for note in app._notifications] == ["the disk is full"]
        monkeypatch.undo()
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, SessionScreen))
    assert workspace.store().repository.meeting(session).session.is_over


async def test_a_window_that_is_left_for_home_is_no_longer_open(workspace):
    session = an_unfinished_session(workspace)
    app = an_app(workspace)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert workspace.store().windows._held
        await pilot.press("h")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert not workspace.store().windows._held
        assert workspace.store().windows.others(session) == ()


def test_the_lines_for_programs_are_not_shown():
    assert without_front_matter("---\ntitle: x\n---\n\n# Minutes\n") == "# Minutes\n"
    assert without_front_matter("# Minutes\n\n---\n") == "# Minutes\n\n---\n"


@pytest.mark.parametrize("size", SIZES)
def test_the_wrap_up_looks_right(snap_compare, workspace, size):
    an_unfinished_session(workspace)

    async def go(pilot):
        await wrap_up(pilot.app, pilot)

    assert snap_compare(an_app(workspace), terminal_size=SIZES[size], run_before=go)


@pytest.mark.parametrize("size", SIZES)
def test_the_end_looks_calm(snap_compare, workspace, size):
    an_unfinished_session(workspace)

    async def go(pilot):
        await wrap_up(pilot.app, pilot)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))

    assert snap_compare(an_app(workspace), terminal_size=SIZES[size], run_before=go)


def test_no_name_of_a_section_is_broken_in_the_verdict():
    sections = [
        SectionOutcome(section=f"s{n}", finding=Finding.OK, answered=1, asked=1, planned=60, used=60) for n in range(6)
    ]
    titles = [Section(id=f"s{n}", title=f"People and {n}", minutes=1, items=()) for n in range(6)]
    meeting = SimpleNamespace(agenda=SimpleNamespace(sections=titles))
    outcome = SimpleNamespace(verdict=Finding.OK, words="ok", sections=sections)
    lines = verdict_lines(outcome, meeting, 76, UNICODE, tall=False).plain.splitlines()
    assert len(lines) == 2
    assert all(line.count("People") == line.count("People and ") for line in lines)
    assert all(len(line) <= 76 for line in lines)


async def test_after_adjourning_the_mark_is_on_the_line_that_goes_on(workspace):
    a_finished_session(workspace)
    an_unfinished_session(workspace)
    app = an_app(workspace)
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        listed = app.screen.query_one(LineList)
        listed.mark(next(key for key in listed.keys if isinstance(key, tuple)))
        before = listed.marked
        session = app.screen._view.resume.id
        app.open_session(session)
        await pilot.pause()
        assert listed.marked == before
        await pilot.press("u")
        await pilot.pause()
        await pilot.press("j")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.pause()
        assert app.screen.query_one(LineList).marked == f"resume:{session}"


async def test_a_path_in_a_toast_is_whole(workspace):
    path = "sessions/2026-11-22-checkout-reliability-review/summary.md"
    app = an_app(workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        app.tell(f"{path} and record.json", title="Written")
        await until(pilot, lambda: app.screen.query(Toast) and app.screen.query_one(Toast).size.width)
        assert app.screen.query_one(Toast).content_size.width >= len(path)
