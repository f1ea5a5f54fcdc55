"""Two sessions compared: the team's changes are told apart from the agenda's."""

from dataclasses import replace
from datetime import timedelta

from domain.builders import NOON, agenda, item, meeting
from readyroom.domain.agenda import Choice, Rule
from readyroom.domain.answer import AnswerKey, AnswerState, Audience
from readyroom.domain.comparison import NOT_ASKED, Turn, compare_meetings, turn
from readyroom.domain.condition import Comparing, Comparison, OfAnswer
from readyroom.domain.finding import Finding
from readyroom.domain.meeting import give_answer, set_note, set_state

MONTH = timedelta(days=30)
AT = (NOON, NOON + MONTH)


def rule(by, operand, finding=Finding.HIGH):
    return Rule(when=OfAnswer(comparing=(Comparing(by=Comparison(by), operand=operand),)), finding=finding)


PAGES = item("number", "pages", rules=(rule("above", 10),))
CHECK, TEXT, TABLE = item("check", "alerts"), item("text", "what"), item("table", "rows")


def said(of, subject="checkout", **values):
    """A meeting with these answers, by item (`_` for `-`)."""
    now = meeting(of, subjects=(subject,))
    for name, value in values.items():
        now = give_answer(now, AnswerKey(name.replace("_", "-"), subject), value, at=NOON, by="Ana").meeting
    return now


def compare(before, after):
    return compare_meetings(before, after, at=AT)


def test_a_finding_turns_better_or_worse():
    assert turn(Finding.HIGH, Finding.MEDIUM) is Turn.BETTER
    assert turn(Finding.OK, Finding.BLOCKER) is Turn.WORSE
    assert turn(Finding.UNRATED, Finding.OK) is Turn.SAME


def test_two_sessions_that_say_the_same_have_no_differences():
    of = agenda(CHECK, PAGES)
    found = compare(said(of, alerts="pass", pages=3), said(of, alerts="pass", pages=3))
    assert found.is_empty
    assert found.unchanged == 2


def test_what_the_team_changed_says_whether_it_got_better():
    of = agenda(CHECK, PAGES, TEXT)
    before, after = said(of, alerts="fail", pages=3, what="A"), said(of, alerts="pass", pages=30, what="B")
    alerts, pages, what = compare(before, after).team
    assert (alerts.before, alerts.after, alerts.turn) == ("fail", "pass", Turn.BETTER)
    assert (pages.turn, pages.finding_after) == (Turn.WORSE, Finding.HIGH)
    assert what.turn is Turn.SAME


def test_a_moved_threshold_is_the_agendas_doing_and_not_the_teams():
    strict = agenda(replace(PAGES, rules=(rule("above", 2),)))
    found = compare(said(agenda(PAGES), pages=5), said(strict, pages=5))
    assert found.team == ()
    [judged] = found.by_agenda
    assert (judged.key.item, judged.before, judged.after) == ("pages", Finding.OK, Finding.HIGH)
    assert (judged.answer, judged.turn, found.turn) == ("5", Turn.WORSE, Turn.WORSE)


def test_an_answer_and_its_threshold_that_both_changed_are_told_apart():
    strict = agenda(replace(PAGES, rules=(rule("above", 2),)))
    found = compare(said(agenda(PAGES), pages=5), said(strict, pages=1))
    assert [one.turn for one in found.by_agenda] == [Turn.WORSE]
    assert [one.turn for one in found.team] == [Turn.BETTER]
    assert found.turn is Turn.SAME


def test_what_only_time_has_changed_is_told_by_itself():
    of = agenda(item("date", "tried", rules=(rule("older than", 20),)))
    found = compare(said(of, tried="2026-11-20"), said(of, tried="2026-11-20"))
    assert (found.team, found.by_agenda) == ((), ())
    [one] = found.since
    assert (one.before, one.after, one.turn) == (Finding.OK, Finding.HIGH, Turn.WORSE)
    assert not found.is_empty


def test_states_reasons_notes_and_evidence_are_changes_too():
    of, key = agenda(TEXT), AnswerKey("what", "checkout")
    before = said(of, what="A")
    skipped = set_state(before, key, AnswerState.SKIPPED, at=NOON, by="Ana", reason="No time").meeting
    [one] = compare(before, skipped).team
    assert (one.before, one.after) == ("A", "skipped: No time")
    noted = set_note(before, key, note="Ask Bo", evidence="https://example.org/1").meeting
    [one] = compare(before, noted).team
    assert (one.before, one.note_after, one.evidence_after) == ("A", "Ask Bo", "https://example.org/1")


def test_rows_of_a_table_are_told_one_by_one():
    of = agenda(TABLE)
    before = said(of, rows=[{"name": "db", "uptime": 99}, {"name": "dns"}])
    after = said(of, rows=[{"name": "queue"}, {"name": "db", "uptime": 98}])
    [one] = compare(before, after).team
    assert one.rows == ("gone: dns", "new: queue", "db: up time 99 % → 98 %")


def test_rows_of_one_name_do_not_hide_each_other():
    of = agenda(TABLE)
    before = said(of, rows=[{"name": "db", "uptime": 1}, {"name": "db", "uptime": 2}])
    after = said(of, rows=[{"name": "db", "uptime": 1}])
    assert compare(before, after).team[0].rows == ("gone: db",)


def test_questions_that_only_one_agenda_has_are_left_to_the_comparison_of_agendas():
    found = compare(said(agenda(CHECK, TEXT), alerts="pass", what="A"), said(agenda(CHECK, PAGES), alerts="pass"))
    assert (found.team, found.unchanged) == ((), 1)


def test_an_item_of_another_kind_is_not_compared():
    before = said(agenda(replace(TEXT, id="pages")), pages="many")
    assert compare(before, said(agenda(PAGES), pages=3)).team == ()
    fewer = item("choice", "step", choices=(Choice(id="fix", text="Fix"),))
    found = compare(said(agenda(item("choice", "step")), step="find"), said(agenda(fewer), step="fix"))
    assert found.team == ()


def test_sessions_about_one_service_each_are_compared_whatever_their_names():
    of = agenda(CHECK)
    found = compare(said(of, "checkout", alerts="fail"), said(of, "ledger", alerts="pass"))
    assert found.subjects == (("checkout", "ledger"),)
    assert found.team[0].key == AnswerKey("alerts", "ledger")


def test_of_several_services_those_in_both_are_compared():
    of = agenda(CHECK)
    both = replace(said(of, "checkout", alerts="fail"))
    both = replace(both, session=replace(both.session, subjects=("checkout", "ledger")))
    one = said(of, "Checkout", alerts="pass")
    one = replace(one, session=replace(one.session, subjects=("search", "Checkout")))
    found = compare(both, one)
    assert found.subjects == (("checkout", "Checkout"),)
    assert found.team[0].turn is Turn.BETTER


def test_a_question_that_a_condition_hides_now_is_said_to_be_not_asked():
    hidden = OfAnswer(item="alerts", comparing=(Comparing(by=Comparison("is"), operand="fail"),))
    of = agenda(CHECK, replace(TEXT, when=hidden))
    before = said(of, alerts="fail", what="Ana")
    after = said(of, alerts="pass", what="Ana")
    assert [(one.key.item, one.before, one.after) for one in compare(before, after).team][1] == (
        "what",
        "Ana",
        NOT_ASKED,
    )


def test_what_is_for_facilitators_only_is_not_told():
    of, key = agenda(TEXT), AnswerKey("what", "checkout")
    before = said(of, what="A")
    after = set_note(before, key, note="Bo is leaving", audience=Audience.FACILITATORS).meeting
    found = compare(before, after)
    assert found.is_empty
    assert "leaving" not in repr(found.team)


def test_what_one_side_said_is_not_told_before_the_other_has_answered():
    of = agenda(replace(TEXT, respondents=("giver", "receiver")))
    before = meeting(of)
    key = AnswerKey("what", "checkout", "giver")
    half = give_answer(before, key, "the secret", at=NOON, by="Ana").meeting
    half = set_note(half, key, note="a whisper").meeting
    [one] = compare(before, half).team
    assert one.after == "answered, but another side has not"
    assert "secret" not in repr(one)
    assert "whisper" not in repr(one)


def test_sessions_about_nothing_are_compared_too():
    of = agenda(CHECK)
    before, after = meeting(of, subjects=()), meeting(of, subjects=())
    after = give_answer(after, AnswerKey("alerts"), "fail", at=NOON, by="Ana").meeting
    assert compare(before, after).team[0].turn is Turn.WORSE
