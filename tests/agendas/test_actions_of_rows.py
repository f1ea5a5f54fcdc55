"""An action that a row suggests goes to whom the row names, by the day that the row names."""

from datetime import date

from agendas.agenda_texts import linted, with_items
from readyroom.agendas.agenda_writer import write_agenda
from readyroom.agendas.load import load_agenda
from readyroom.domain.answer import Answer, AnswerKey, AnswerState
from readyroom.domain.hold import Facts, findings

TABLE = (
    "id: c, kind: table, ask: Which?, columns: {what: text, who: owner, by: date}, "
    'rules: [{when: any row, action: "Do {row.what}", owner: "{row.who}", due: "{row.by}"}]'
)


def proposals(*rows):
    item = load_agenda(with_items(TABLE)).item("c")
    answer = Answer(session="s", key=AnswerKey("c"), state=AnswerState.ANSWERED, value=rows)
    return findings(item, Facts(today=date(2026, 11, 22), answers={"c": answer})).proposals


def test_owner_and_day_come_from_the_row():
    first, second = proposals({"what": "a", "who": "Bo", "by": "2026-12-01"}, {"what": "b", "who": "Dee"})
    assert (first.owner, first.due) == ("Bo", "2026-12-01")
    assert (second.owner, second.due) == ("Dee", "")


def test_owner_and_day_come_back_from_a_written_agenda():
    agenda = load_agenda(with_items(TABLE))
    again = load_agenda(write_agenda(agenda))
    assert again.item("c").rules == agenda.item("c").rules


def test_a_column_that_is_not_there_is_told():
    (told,) = linted(with_items(TABLE.replace("{row.by}", "{row.until}")))
    assert "nothing fills {row.until}" in told
