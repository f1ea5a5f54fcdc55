"""A document that was filled in gives its answers, too, prepared for the next meeting."""

from agendas.importing.texts import FILLED
from readyroom.agendas.answers import load_answers
from readyroom.agendas.importing.answers_writer import write_answers
from readyroom.agendas.importing.markdown_import import import_markdown
from readyroom.domain.answer import AnswerState


def answers_of(text, **how):
    imported = import_markdown(text, "doc.md", **how)
    return imported, {answer.item: answer for answer in imported.answers.answers} if imported.answers else {}


def test_ticks_crosses_and_words_become_answers():
    _, answers = answers_of(FILLED)
    assert answers["every-alert-has-a-runbook"].value == "pass"
    assert answers["the-drill-was-held"].value == "fail"
    assert answers["how-does-it-fail"].value == "Slowly, from the ledger outwards."
    assert answers["who-decides"].value == "Bo"
    assert answers["owner"].value == "Ana"


def test_an_open_box_is_no_answer():
    assert "pages-are-fewer-than-five-a-week" not in answers_of(FILLED)[1]


def test_a_row_gives_state_note_and_evidence():
    _, answers = answers_of(FILLED)
    rollback = answers["can-we-roll-back"]
    assert (rollback.value, rollback.note, rollback.evidence) == ("pass", "Notes: ten minutes", "https://ci.example/42")
    assert answers["is-the-load-test-green"].value == "fail"
    region = answers["is-there-a-second-region"]
    assert (region.state, region.reason) == (AnswerState.NOT_APPLICABLE, "one region is enough")


def test_a_tick_before_an_open_question_is_told():
    imported, answers = answers_of(FILLED)
    assert "what-is-the-target" not in answers
    assert any("wants words" in loss.why for loss in imported.losses)


def test_guidance_of_a_template_is_no_answer_unless_asked_for():
    text = "# X\n\n### How does it scale?\n\nIn width.\n"
    assert answers_of(text)[1] == {}
    assert answers_of(text, filled=True)[1]["how-does-it-scale"].value == "In width."


def test_bold_questions_of_a_list_have_their_answers_below():
    text = "# X\n\n- [x] Done\n- **What breaks first?**\n  The queue.\n- **Is it paged?** Yes\n"
    _, answers = answers_of(text)
    assert answers["what-breaks-first"].value == "The queue."
    assert answers["is-it-paged"].value == "pass"


def test_the_answers_file_reads_back_the_same():
    imported, _ = answers_of(FILLED)
    text = write_answers(imported.answers, comments=("From doc.md",))
    assert text.startswith("# From doc.md\n")
    assert load_answers(text, imported.agenda) == imported.answers


def test_a_template_has_no_answers():
    assert import_markdown("# X\n\n- [ ] One\n- [ ] Two\n", "x.md").answers is None
