"""A custom lens becomes an agenda that concludes the same, and suggests what would help."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agendas.importing.lenses import choice, lens, question
from agendas.importing.texts import faults_of
from readyroom.agendas.errors import AgendaError
from readyroom.agendas.importing.lens_condition import DEEPEST, holds_for, read_risk_condition
from readyroom.agendas.importing.lens_import import import_lens
from readyroom.domain.agenda import ItemKind
from readyroom.domain.answer import Answer, AnswerKey, AnswerState
from readyroom.domain.finding import Finding
from readyroom.domain.hold import Facts, findings

FINDINGS = {"NO_RISK": Finding.OK, "MEDIUM_RISK": Finding.MEDIUM, "HIGH_RISK": Finding.HIGH}
LADDER = (("paging && board", "NO_RISK"), ("paging || !board", "MEDIUM_RISK"), ("default", "HIGH_RISK"))


def only_item(text, name="ledger-lens.json"):
    (item,) = import_lens(text, name).agenda.items()
    return item


def verdict(item, *taken):
    answer = Answer(session="s", key=AnswerKey(item.id), state=AnswerState.ANSWERED, value=taken)
    return findings(item, Facts(today=date(2026, 1, 5), answers={item.id: answer}, items={item.id: item}))


def whys(imported):
    return [loss.why for loss in imported.losses]


def test_pillars_become_sections_and_questions_choices():
    imported = import_lens(lens(), "ledger-lens.json")
    agenda = imported.agenda
    assert (agenda.id, agenda.title) == ("ledger-lens", "Lens of the ledger")
    (section,) = agenda.sections
    (item,) = section.items
    assert (section.title, section.minutes) == ("Operate", 2)
    assert (item.id, item.kind, item.many) == ("alarms", ItemKind.CHOICE, True)
    assert item.ask == "Do you hear of trouble first?"
    assert "**Alarms (H)**" in item.guide
    assert [one.id for one in item.choices] == ["paging", "board", "none-of-these"]
    assert faults_of(agenda) == []


def test_a_missing_choice_suggests_its_plan_and_says_why():
    item = only_item(lens(question(rules=LADDER)))
    found = verdict(item, "paging")
    assert found.finding is Finding.MEDIUM
    assert [(one.text, one.because) for one in found.proposals] == [("Draw one.", "Not so yet: There is a board")]
    assert "[how](https://help.example/board)" in item.guide
    assert verdict(item, "paging", "board").finding is Finding.OK


def test_nothing_holds_can_be_answered():
    item = only_item(lens())
    assert verdict(item, "none-of-these").finding is Finding.HIGH


@pytest.mark.parametrize("last", ["alarms_no", "noneofthese", "none_of_these"])
def test_a_lens_with_its_own_none_of_these_gets_no_second_one(last):
    choices = [choice("paging", "Paged.", "Page."), choice(last, "None of these")]
    item = only_item(lens(question(choices=choices)))
    assert len(item.choices) == 2
    assert faults_of(import_lens(lens(question(choices=choices)), "x.json").agenda) == []


def test_a_question_without_a_default_is_unrated_and_told():
    imported = import_lens(lens(question(rules=[("paging", "NO_RISK")])), "x.json")
    (item,) = imported.agenda.items()
    assert item.rules[-1].finding is Finding.UNRATED
    assert "there is no default rule: what no rule names is unrated" in whys(imported)


def test_a_default_need_not_be_the_worst():
    item = only_item(lens(question(rules=[("!paging", "HIGH_RISK"), ("default", "NO_RISK")])))
    assert verdict(item, "paging").finding is Finding.OK
    assert verdict(item, "board").finding is Finding.HIGH


def test_a_bare_nan_is_a_missing_text():
    text = lens(question(title="TITLE")).replace('"TITLE"', "NaN")
    imported = import_lens(text, "x.json")
    assert [item.ask for item in imported.agenda.items()] == ["Do you hear of trouble first?"]
    (loss,) = [loss for loss in imported.losses if loss.text == "NaN"]
    assert text.split("\n")[loss.line - 1].strip().startswith('"title": NaN')


def test_extra_keys_are_told_with_their_line():
    text = lens(question(), _release_note="First one", ready=True)
    imported = import_lens(text, "x.json")
    told = {loss.text: loss for loss in imported.losses}
    assert "a lens has no such key" in told["_release_note: First one"].why
    assert '"_release_note"' in text.split("\n")[told["_release_note: First one"].line - 1]
    assert "ready: true" in told


def test_texts_and_links_of_choices_stand_in_the_guide():
    helpful = {"displayText": "A page on paging", "Url": "https://help.example/page"}
    more = [{"type": "HELPFUL_RESOURCE", "content": [{"displayText": "More", "url": "https://help.example/more"}]}]
    choices = [
        choice("paging", "Paged.", "Page.", description="By phone.", helpfulResource=helpful, additionalResources=more)
    ]
    guide = only_item(lens(question(choices=choices, url="https://help.example/q"))).guide
    for words in ("By phone.", "[A page on paging](https://help.example/page)", "[More](", "<https://help.example/q>"):
        assert words in guide


def test_the_id_comes_from_the_file_because_names_are_copied():
    one, other = (import_lens(lens(), name).agenda for name in ("ledger.json", "search.json"))
    assert (one.id, other.id) == ("ledger", "search")


def test_braces_in_a_plan_are_no_placeholders():
    choices = [choice("paging", "Paged.", "Fill {this} in."), choice("board", "Board.", "Draw.")]
    agenda = import_lens(lens(question(choices=choices)), "x.json").agenda
    assert faults_of(agenda) == []


def test_a_choice_named_like_a_state_keeps_apart_from_it():
    choices = [choice("unknown", "We do not know.", "Find out."), choice("known", "We do.")]
    item = only_item(lens(question(choices=choices, rules=[("unknown", "HIGH_RISK"), ("default", "NO_RISK")])))
    assert verdict(item, "choice-unknown").finding is Finding.HIGH
    assert verdict(item, "known").finding is Finding.OK


def test_choices_that_are_numbers_can_be_named_by_rules():
    choices = [choice("1", "One.", "Do one."), choice("2", "Two.", "Do two.")]
    imported = import_lens(
        lens(question(choices=choices, rules=[("1 && !2", "HIGH_RISK"), ("default", "NO_RISK")])), "x"
    )
    assert faults_of(imported.agenda) == []
    (item,) = imported.agenda.items()
    assert verdict(item, "choice-1").finding is Finding.HIGH


@pytest.mark.parametrize(
    "condition, why",
    [
        ("paging & board", "write &&"),
        ("paging == 1", "only && || ! ( ) and choice ids are known"),
        ("(paging", "a bracket is not closed"),
        ("paging board", "stands where && or ||"),
        ("paging &&", "it ends where a choice should stand"),
        ("", "it ends where a choice should stand"),
        ("(" * 40 + "paging" + ")" * 40, "nested deeper"),
        ("__import__('os')", "means nothing there"),
        ("elsewhere", "names no choice of this question: elsewhere"),
    ],
)
def test_a_rule_that_cannot_be_read_is_told_and_the_others_stay(condition, why):
    imported = import_lens(lens(question(rules=[(condition, "HIGH_RISK"), ("default", "NO_RISK")])), "x.json")
    assert any(why in told for told in whys(imported))
    (item,) = imported.agenda.items()
    assert [rule.finding for rule in item.rules] == [Finding.OK]


def test_what_is_no_lens_is_refused_in_words():
    for text, words in (
        ("[]", "no custom lens"),
        ('{"pillars": 3}', "no custom lens"),
        ("{", "this is not JSON"),
        (lens(pillars=[]), "no question that can be asked"),
        (lens(pillars=[{"id": "x", "questions": [{"id": "q"}]}]), "no question that can be asked"),
    ):
        with pytest.raises(AgendaError) as caught:
            import_lens(text, "x.json")
        assert words in str(caught.value)


NAMES = ("a", "b", "c", "d")
expressions = st.recursive(
    st.sampled_from(NAMES),
    lambda inner: st.one_of(
        inner.map(lambda one: f"!{one}" if one.isalpha() else f"!({one})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda some: "(" + " && ".join(some) + ")"),
        st.lists(inner, min_size=2, max_size=3).map(lambda some: "(" + " || ".join(some) + ")"),
    ),
    max_leaves=8,
)


def means(condition, selected):
    """What a condition means, read in another way: Python's own operators over the same words."""
    words = condition.replace("&&", " and ").replace("||", " or ").replace("!", " not ")
    return eval(words, {"__builtins__": {}}, {name: name in selected for name in NAMES})


@given(expressions)
def test_a_condition_means_the_same_to_us(condition):
    assume(condition.count("(") <= DEEPEST)
    read = read_risk_condition(condition)
    for count in range(len(NAMES) + 1):
        for selected in combinations(NAMES, count):
            assert holds_for(read, frozenset(selected)) is means(condition, selected)


@given(
    st.lists(st.tuples(expressions, st.sampled_from(list(FINDINGS))), max_size=3),
    st.sampled_from(list(FINDINGS)),
    st.sets(st.sampled_from(NAMES)),
)
def test_every_selection_is_judged_as_the_lens_judges_it(rules, default, planned):
    choices = [choice(name, f"Choice {name}.", f"Do {name}." if name in planned else "") for name in NAMES]
    rules = [rule for rule in rules if rule[0].count("(") <= DEEPEST]
    agenda = import_lens(lens(question(choices=choices, rules=[*rules, ("default", default)])), "x.json").agenda
    assert faults_of(agenda) == []
    (item,) = agenda.items()
    for count in range(1, len(NAMES) + 1):
        for selected in combinations(NAMES, count):
            risk = next((risk for condition, risk in rules if means(condition, selected)), default)
            assert verdict(item, *selected).finding is FINDINGS[risk]
