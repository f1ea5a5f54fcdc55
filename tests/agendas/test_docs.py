"""The reference holds agendas that work: whoever copies one starts with something that runs."""

import re
from pathlib import Path

from agendas.agenda_texts import write
from readyroom.agendas.answers import load_answers
from readyroom.agendas.comparisons import COMPARISON_WORDS
from readyroom.agendas.file_model import AgendaFile, ItemFile, RuleFile, SectionFile
from readyroom.agendas.find import Source
from readyroom.agendas.lint import lint
from readyroom.agendas.load import load_agenda
from readyroom.domain.agenda import ColumnKind, ItemKind

REFERENCE = (Path(__file__).parents[2] / "docs" / "agenda-reference.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", REFERENCE, re.DOTALL | re.MULTILINE)
AGENDAS = [
    block for block in BLOCKS if re.search(r"^agenda: 1\b", block, re.MULTILINE) and not block.startswith("answers")
]
ANSWERS = [block for block in BLOCKS if block.startswith("answers: 1")]


def test_every_agenda_in_the_reference_is_without_a_fault(tmp_path):
    assert len(AGENDAS) == 2
    for number, text in enumerate(AGENDAS):
        source = Source.of(write(tmp_path, f"docs-{number}", text))
        assert [str(found) for found in lint(source, tmp_path)] == []


def test_the_whole_agenda_shows_every_kind():
    agenda = load_agenda(AGENDAS[0])
    assert {item.kind for item in agenda.items()} == set(ItemKind)


def test_the_answers_in_the_reference_fit_the_whole_agenda():
    (text,) = ANSWERS
    file = load_answers(text, load_agenda(AGENDAS[0]))
    assert len(file.answers) == 10


def test_every_key_and_word_is_in_the_reference():
    words = {key for model in (AgendaFile, SectionFile, ItemFile, RuleFile) for key in model.model_fields}
    words |= {kind.value for kind in (*ItemKind, *ColumnKind)} | set(COMPARISON_WORDS)
    missing = [word for word in sorted(words) if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", REFERENCE)]
    assert not missing
