"""A team tailors an agenda with a small file of its own, and finds agendas by id or by path."""

import pickle

import pytest

from agendas.agenda_texts import HEAD, refused, with_items, write
from readyroom.agendas.errors import AgendaError
from readyroom.agendas.find import find_agenda, list_agendas, open_agenda, shipped_folder
from readyroom.domain.condition import OfAnswer

PARENT = HEAD.replace("sample", "parent").replace("kind", "minutes: 20\nversion: '3'\nkind") + (
    "sections:\n"
    "  - id: one\n    title: One\n    minutes: 10\n    items:\n"
    "      - {id: a, kind: check, ask: Well?, guide: Old}\n"
    "      - {id: b, kind: number, ask: Many?, target: 10}\n"
    "  - id: two\n    title: Two\n    minutes: 10\n    items:\n"
    "      - {id: c, kind: text, ask: What?}\n"
)
CHILD = "agenda: 1\nid: child\nextends: parent\n"


@pytest.fixture
def workspace(tmp_path):
    write(tmp_path, "parent", PARENT)
    return tmp_path


def resolved(workspace, text):
    write(workspace, "child", text)
    return open_agenda("child", workspace)


def problems(workspace, text):
    with pytest.raises(AgendaError) as caught:
        resolved(workspace, text)
    return [str(problem).partition("child.yaml:")[2] for problem in caught.value.problems]


def test_an_own_agenda_is_a_small_diff(workspace):
    agenda = resolved(
        workspace,
        CHILD
        + "title: Ours\nremove: [c]\nretime: {one: 15}\nchange:\n  b: {target: at most 5}\n  a: {guide: New}\n"
        + "add:\n  - {to: two, item: {id: d, kind: check, ask: Also?}}\n"
        + "  - {after: a, item: {id: e, kind: check, ask: Then?}}\n"
        + "  - {before: a, item: {id: f, kind: check, ask: First?}}\n"
        + "  - {before: two, section: {id: mid, title: Middle, minutes: 5, items: [{id: g, kind: check, ask: G?}]}}\n",
    )
    assert [section.id for section in agenda.sections] == ["one", "mid", "two"]
    assert [item.id for item in agenda.items()] == ["f", "a", "e", "b", "g", "d"]
    assert (agenda.title, agenda.minutes) == ("Ours", 30)
    assert (agenda.root, agenda.lineage) == ("parent", ("parent@3", "child@1"))
    b, e = agenda.item("b"), agenda.item("e")
    assert b is not None
    assert e is not None
    assert isinstance(b.rules[0].when, OfAnswer)
    assert b.rules[0].when.comparing[0].operand == 5
    assert (b.origin, b.changed_by) == ("parent@3", ("child@1",))
    assert (e.origin, e.changed_by) == ("child@1", ())
    assert agenda.item("a").guide == "New"


def test_an_item_is_replaced_in_its_place_under_a_new_id(workspace):
    agenda = resolved(workspace, CHILD + "replace: {a: {id: better-a, kind: yes-no, ask: Better?}}\n")
    assert [item.id for item in agenda.items()] == ["better-a", "b", "c"]


def test_minutes_stay_those_of_the_parent_until_a_section_changes(workspace):
    assert resolved(workspace, CHILD).minutes == 20
    assert resolved(workspace, CHILD + "remove: [two]\n").minutes == 10
    assert resolved(workspace, CHILD + "retime: {one: 5}\nminutes: 45\n").minutes == 45


@pytest.mark.parametrize(
    "text, expected",
    [
        ("remove: [aa]\n", '4:10: there is no item or section "aa" in the agenda that this one extends'),
        (
            "retime: {on: 5}\n",
            '4:10: there is no section "on" in the agenda that this one extends; did you mean "one"?',
        ),
        ("change: {d: {guide: X}}\n", '4:10: there is no item "d"'),
        ("change: {a: {kind: text}}\n", '4:14: unknown key "kind"'),
        ("change: {a: {target: 4}}\n", '4:14: "target" means nothing for check items'),
        ("replace: {a: {id: a, kind: text, ask: X?}}\n", '4:19: the replacement keeps the id "a"; give it a new id'),
        ("add: [{item: {id: x, kind: check, ask: X?}}]\n", "4:7: it is not said where the item goes; add to"),
        ("add: [{to: on, item: {id: x, kind: check, ask: X?}}]\n", '4:12: there is no section "on"'),
        ("add: [{to: two, after: a, item: {id: x, kind: check, ask: X?}}]\n", '"a" is in the section one, not in two'),
        ("add: [{to: one}]\n", "4:7: expected one item or one section to add"),
        ("add: [{to: one, item: {id: c, kind: check, ask: X?}}]\n", 'the item "c" is already in line 18 of '),
        ("sections: [{id: x, title: X, minutes: 1}]\n", "4:1: an agenda that extends has no sections of its own"),
    ],
)
def test_a_change_that_does_not_fit_names_line_and_fix(workspace, text, expected):
    found = problems(workspace, CHILD + text)
    assert len(found) == 1
    assert expected in found[0]


def test_a_missing_parent_and_a_circle_are_told_with_their_place(workspace):
    assert problems(workspace, CHILD.replace("parent", "parnt"))[0] == (
        '3:10: there is no agenda "parnt" to extend; did you mean "parent"? see readyroom agenda list'
    )
    write(workspace, "parent", "agenda: 1\nid: parent\nextends: child\n")
    with pytest.raises(AgendaError, match="extends goes round in a circle"):
        resolved(workspace, CHILD)


def test_a_mistake_in_the_parent_is_told_in_the_parents_file(workspace):
    write(workspace, "parent", PARENT.replace("kind: text", "kind: txet"))
    with pytest.raises(AgendaError, match=r'parent\.yaml:18:23: unknown kind "txet"'):
        resolved(workspace, CHILD)


def test_an_own_agenda_may_extend_the_shipped_one_of_its_name(tmp_path):
    write(tmp_path, "mine", "agenda: 1\nid: reliability-review\nextends: reliability-review\nremove: [toil]\n")
    agenda = open_agenda("reliability-review", tmp_path)
    assert agenda.item("toil") is None
    assert agenda.item("pace") is not None
    assert agenda.root == "reliability-review"


def test_a_file_beside_its_parent_is_enough(tmp_path):
    write(tmp_path, "parent", PARENT)
    path = write(tmp_path, "child", CHILD)
    assert open_agenda(str(path)).lineage == ("parent@3", "child@1")


def test_an_agenda_is_found_by_id_and_by_path_own_ones_first(tmp_path):
    own = write(tmp_path, "own", with_items("id: a, kind: check, ask: Well?"))
    assert find_agenda("sample", tmp_path).content == own
    assert find_agenda(str(own)).content == own
    assert find_agenda("reliability-review", tmp_path).shipped
    assert find_agenda("reliability-review").content == shipped_folder() / "reliability-review.yaml"


@pytest.mark.parametrize(
    "name, expected",
    [
        ("relibility-review", 'did you mean "reliability-review"? see readyroom agenda list'),
        ("zzz", 'there is no agenda "zzz"; see readyroom agenda list'),
        ("missing/agenda.yaml", "there is no agenda file"),
        ("a\x00b.yaml", "there is no agenda file"),
    ],
)
def test_an_unknown_name_says_what_to_do(name, expected):
    with pytest.raises(AgendaError) as caught:
        find_agenda(name)
    assert expected in str(caught.value)


def test_the_list_shows_broken_agendas_with_their_problems(tmp_path):
    write(tmp_path, "good", with_items("id: a, kind: check, ask: Well?"))
    write(tmp_path, "bad", "agenda: 1\nid: broken\nkind: othr\n")
    write(tmp_path, "worse", "id: [\n")
    (tmp_path / "agendas" / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    listed = {listing.id: listing for listing in list_agendas(tmp_path)}
    assert (listed["sample"].items, listed["sample"].minutes, listed["sample"].kind) == (1, 10, "other")
    assert listed["broken"].problems
    assert listed["binary"].problems
    assert listed["reliability-review"].shipped
    assert list(listed) == sorted(listed)


def test_a_workspace_without_agendas_lists_what_is_shipped(tmp_path):
    assert [listing.id for listing in list_agendas(tmp_path)] == [listing.id for listing in list_agendas()]


def test_an_error_survives_being_sent_between_processes():
    with pytest.raises(AgendaError) as caught:
        find_agenda("zzz")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    assert refused("")
