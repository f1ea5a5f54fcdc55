"""Whatever a file holds, an import ends in an agenda or in one error of its own, and soon."""

import json
from contextlib import contextmanager, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.importing.lenses import choice, lens, question
from agendas.importing.texts import ALL, faults_of, vanished, words_of
from readyroom.agendas.agenda_writer import write_agenda
from readyroom.agendas.errors import AgendaError
from readyroom.agendas.importing.answers_writer import write_answers
from readyroom.agendas.importing.lens_import import import_lens
from readyroom.agendas.importing.loss import loss_report
from readyroom.agendas.importing.markdown_import import import_markdown
from readyroom.agendas.importing.take_in import import_agenda, import_texts


@contextmanager
def only_refusals():
    """Nothing but an AgendaError may come out."""
    with suppress(AgendaError):
        yield


HUGE = {
    "50 MB of bytes": b"\xff\xfe\x00" * 17_000_000,
    "50 MB of text": "- [ ] one more\n" * 3_500_000,
    "100,000 entries": "- [ ] a\n" * 100_000,
    "3,000 entries": "- [ ] a\n" * 3_000,
    "deep quotations": "> " * 20_000 + "- [ ] why?",
    "deep lists": "".join("  " * n + "- [ ] a\n" for n in range(600)),
    "open brackets": "- [ ] " + "[" * 100_000 + "?",
    "open comments": "- [ ] " + "<!--" * 60_000,
    "many links": "- [ ] " + "[a](b" * 50_000,
    "stars": "- [ ] " + "*_" * 100_000,
    "one wide table": "|a" * 20_000 + "|\n" + "|-" * 20_000 + "|\n" + "|x\n" * 300,
    "backslashes": "- [ ] " + "\\" * 200_000,
    "a long word": "- [ ] " + "a" * 400_000,
    "spaces": "# X\n\n- [ ] a" + " " * 300_000 + "b?",
    "tags": "- [ ] " + "<a " * 100_000,
    "NUL": "- [ ] a\0b",
    "nothing": "",
}


@pytest.mark.parametrize("kind", HUGE)
def test_a_monstrous_text_is_taken_or_refused(kind):
    with only_refusals():
        imported = import_markdown(HUGE[kind], "monster.md")
        write_agenda(imported.agenda)
        loss_report(imported)


@pytest.mark.parametrize("kind", ["50 MB of bytes", "50 MB of text", "100,000 entries", "3,000 entries"])
def test_what_is_too_much_for_a_meeting_is_refused_with_a_fix(kind):
    with pytest.raises(AgendaError) as caught:
        import_markdown(HUGE[kind], "monster.md")
    assert caught.value.fix == "split it into several files"


def test_control_characters_are_left_out_and_told():
    imported = import_markdown("# X\n\n- [ ] Is it \x1b[31mred\x07?\n", "x.md")
    assert [item.ask for item in imported.agenda.items()] == ["Is it red?"]
    assert [loss.line for loss in imported.losses] == [3]


def test_lines_count_as_an_editor_counts_them():
    text = "# X\r\n\r\n- [ ] one\x0b two\x85\r\n\r\nwords\r\n"
    assert [loss.line for loss in import_markdown(text, "x.md").losses if "belong" in loss.why] == [5]


def test_a_lens_of_monstrous_parts_is_taken_or_refused():
    many = [choice(f"c{n}", f"Choice {n}", f"Plan {n}") for n in range(400)]
    for text in (
        lens(question(choices=many, rules=[(" && ".join(one["id"] for one in many[:50]), "NO_RISK")])),
        lens(question(rules=[("!" * 3_000 + "paging", "HIGH_RISK")] * 50)),
        lens(question(rules=[("(paging || board) && " * 150 + "paging", "HIGH_RISK")])),
        lens(*[question(f"q{n}") for n in range(1_500)]),
        '{"pillars": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"pillars": [' + "NaN," * 100_000 + "NaN]}",
        lens(
            question(title="\x1b]0;x\x07 Title {braces} \u202e", choices=[choice("a b;c", "\x00"), {"id": 7}, "x", 3])
        ),
        "x" * 5_000_000,
    ):
        with only_refusals():
            assert faults_of(import_lens(text, "monster.json").agenda) == []


def test_choices_that_name_each_other_go_round_no_circle():
    choices = [choice("a", "b", "a"), choice("b", "a", "b"), choice("a", "again", "again")]
    agenda = import_lens(lens(question(choices=choices, rules=[("a && !(b || !a)", "HIGH_RISK")])), "x.json").agenda
    assert faults_of(agenda) == []


def test_a_missing_file_and_a_folder_are_refused_in_words(tmp_path):
    for path in (tmp_path / "none.md", tmp_path):
        with pytest.raises(AgendaError) as caught:
            import_agenda(path)
        assert str(path) in str(caught.value)


def test_a_file_finds_its_reader(tmp_path):
    (tmp_path / "ledger.json").write_text(lens(), encoding="utf-8")
    (tmp_path / "tasks.txt").write_text(ALL["tasks"], encoding="utf-8")
    assert import_agenda(tmp_path / "ledger.json").agenda.id == "ledger"
    texts = import_texts(import_agenda(tmp_path / "tasks.txt"), "tasks.txt")
    assert "# Taken from tasks.txt; 4 of its lines were not taken as they stand." in texts.agenda
    assert texts.answers == ""
    assert "a table of contents" in texts.report


SIGNS = (
    "# ",
    "## ",
    "### ",
    "- [ ] ",
    "- [x] ",
    "  - [ ] ",
    "* ",
    "1. ",
    "> ",
    "|",
    "|---|---|\n",
    "\n",
    "\n\n",
    "---\n",
)
SIGNS += (
    "?",
    "**",
    "`",
    "<!--",
    "-->",
    "[a](b)",
    "<b>",
    ":",
    "\\",
    "\t",
    "\x1b[1m",
    "    ",
    "#",
    "\ufeff",
    "e\u0301",
    "✅",
)
WORDS = (
    "Is it so",
    "Owner",
    "YYYY-MM-DD",
    "N/A",
    "運用",
    "- TOC",
    "[x]: http://y.example",
    "no-go",
    "Level A",
    "Answer: ",
)
WORDS += ("{x}", " (5min)")
PIECES = st.sampled_from(SIGNS + WORDS)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=60).map("".join))
def test_no_text_breaks_an_import(text):
    try:
        imported = import_markdown(text, "any.md")
    except AgendaError:
        return
    faults_of(imported.agenda)
    loss_report(imported)
    if imported.answers:
        write_answers(imported.answers)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_word_of_any_text_vanishes(text):
    try:
        imported = import_markdown(text, "any.md")
    except AgendaError:
        return
    told = words_of(imported.agenda) | words_of(imported.answers) | words_of(imported.losses)
    gone = vanished(text.replace("\x1b[1m", "").replace("\ufeff", ""), imported)
    looked_for = {word for words in gone.values() for word in words} & {"運用", "owner", "is", "it", "so"}
    assert not {word for word in looked_for if not any(word in one for one in told)}  # "[a](b)Is" reads "aIs"


@given(st.binary(max_size=400))
def test_no_bytes_break_an_import(raw):
    for read in (import_markdown, import_lens):
        with only_refusals():
            read(raw, "any")


LENS_KEYS = ["id", "title", "name", "description", "choices", "riskRules", "questions", "condition", "risk", "url"]
LENS_KEYS += ["improvementPlan", "displayText", "helpfulResource", "additionalResources", "content"]
PLAIN = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.floats(allow_nan=False), st.text(max_size=6)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(LENS_KEYS),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=20,
)


@given(PLAIN, PLAIN, PLAIN)
def test_no_json_breaks_an_import(pillars, questions, rules):
    made = {
        "pillars": [
            {"questions": [{"id": "q", "choices": [{"id": "a"}, questions], "riskRules": rules}, questions]},
            pillars,
        ]
    }
    try:
        agenda = import_lens(json.dumps(made), "any.json").agenda
    except AgendaError:
        return
    write_agenda(agenda)
