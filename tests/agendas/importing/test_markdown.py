"""A team's checklist becomes an agenda that it would want to edit, and nothing of it is dropped in silence."""

import pytest

from agendas.importing.texts import ALL, LEVELS, RATINGS, TASKS, TEMPLATE, faults_of, items_by_id, vanished
from readyroom.agendas.errors import AgendaError
from readyroom.agendas.importing.loss import loss_report
from readyroom.agendas.importing.markdown_import import import_markdown
from readyroom.domain.agenda import ALL_TIERS, ItemKind, ReviewKind
from readyroom.domain.service import Tier


@pytest.mark.parametrize("shape", ALL)
def test_every_line_is_in_the_agenda_the_answers_or_the_losses(shape):
    assert vanished(ALL[shape], import_markdown(ALL[shape], f"{shape}.md")) == {}


@pytest.mark.parametrize("shape", ALL)
def test_what_was_imported_has_no_fault(shape):
    assert faults_of(import_markdown(ALL[shape], f"{shape}.md").agenda) == []


def test_tick_boxes_become_checks_with_ids_of_their_own():
    imported = import_markdown(TASKS, "launch-checklist.md")
    items = {item.id: item for item in imported.agenda.items()}
    assert imported.agenda.id == "launch-checklist"
    assert imported.agenda.kind is ReviewKind.READINESS
    assert imported.agenda.about == "Go through it a week before the first customer."
    assert items["ops-01-001"].ask == "Every page names the user who is harmed: is that so?"
    assert items["dashboards-show-the-budget"].kind is ItemKind.CHECK
    assert "not only the error rate" in items["dashboards-show-the-budget"].guide
    assert "Ask whoever was on call last." in items["dashboards-show-the-budget"].guide
    assert items["runbook"].ask.startswith("Runbook: It is linked from the pager")
    assert "https://pager.example/runbook" in items["runbook"].guide
    assert items["how-long-does-a-rollback-take"].kind is ItemKind.TEXT


def test_a_short_box_below_another_says_where_it_stands():
    items = items_by_id(TASKS)
    assert items["are-restored-each-month"].ask.startswith("Backups: are restored each month")
    assert items["somebody-else-than-the-author-has-restored"].guide == "It stands under: Backups"


def test_a_timebox_in_a_heading_plans_the_section():
    alerts, stop = import_markdown(TASKS, "list.md").agenda.sections
    assert (alerts.title, alerts.minutes) == ("Alerts", 10)
    assert alerts.goal == "What wakes somebody has to be worth it."
    assert stop.minutes == 1


def test_a_condition_that_stops_a_launch_is_bad_when_it_is_true():
    item = items_by_id(TASKS)["nobody-carries-the-pager"]
    assert (item.kind, item.bad) == (ItemKind.YES_NO, "yes")
    assert item.rules[0].finding == "blocker"


def test_a_go_no_go_heading_over_good_things_leaves_them_good():
    text = "# Go/no-go\n\n## Go\n\n- [ ] All is green\n\n## No-go\n\n- [ ] Something is red\n"
    items = items_by_id(text)
    assert (items["all-is-green"].bad, items["something-is-red"].bad) == ("", "yes")


def test_the_loss_report_names_line_and_reason():
    imported = import_markdown(TASKS, "list.md")
    assert [(loss.line, loss.why) for loss in imported.losses] == [
        (5, "a table of contents"),
        (7, "a table of contents"),
        (8, "a table of contents"),
        (23, "words that belong to no question"),
    ]
    report = loss_report(imported)
    assert "line 23: words that belong to no question: Some words that belong to nobody." in report
    assert "lines 5 to 8: a table of contents:" in report


def test_levels_say_for_which_tiers_a_check_is_required():
    items = items_by_id(LEVELS)
    assert items["secrets"].required == ALL_TIERS
    assert items["two-people"].required == (Tier.CRITICAL, Tier.HIGH, Tier.MEDIUM)
    assert items["drill"].required == (Tier.CRITICAL,)
    assert "Level C: soon" in items["drill"].guide
    assert items["two-people"].ask.startswith("Two people: A second pair of eyes saw it")
    assert "[Secrets](docs/secrets.md)" in items["secrets"].guide
    losses = import_markdown(LEVELS, "list.md").losses
    assert any("Level A as critical" in loss.why for loss in losses)


@pytest.mark.parametrize(
    "titles, first, last",
    [
        ("Tier 0 | Tier 1 | Tier 2", (Tier.CRITICAL,), (Tier.LOW,)),
        ("critical | high | medium | low", (Tier.CRITICAL,), (Tier.LOW,)),
        ("Gold | Silver | Bronze", (Tier.CRITICAL,), (Tier.LOW,)),
        ("P1 | P2", (Tier.CRITICAL, Tier.HIGH), (Tier.MEDIUM, Tier.LOW)),
    ],
)
def test_levels_of_other_names_are_known(titles, first, last):
    count = titles.count("|") + 1
    dashes = "|".join(["---"] * (count + 1))
    blanks = " | " * (count - 1)
    text = f"# X\n\n| Check | {titles} |\n|{dashes}|\n| One | x {blanks} |\n| Two | {blanks} x |\n"
    one, two = items_by_id(text).values()
    assert (one.required, two.required) == (first, last)


def test_levels_without_a_known_order_stand_in_the_guide():
    text = "# X\n\n| Check | A | P2 |\n|---|---|---|\n| One | x |  |\n"
    (item,) = items_by_id(text).values()
    assert item.required == ()
    assert "A: x" in item.guide


def test_questions_with_anchors_become_ratings():
    sleep, help_at_night = items_by_id(RATINGS).values()
    assert (sleep.id, sleep.kind, sleep.scale) == ("sleep", ItemKind.RATING, (1, 5))
    assert sleep.ask == "Sleep: How were the nights?"
    assert [(anchor.level, anchor.text) for anchor in help_at_night.anchors] == [
        (1, "Nobody answers."),
        (3, "Halfway between the two"),
        (5, "Any of us, at once."),
    ]


def test_a_rating_without_anchors_gets_plain_ones_and_says_so():
    text = "# Pulse\n\n| Criteria | Rating 1-3 | Notes |\n|---|---|---|\n| Sleep | | |\n"
    imported = import_markdown(text, "pulse.md")
    (item,) = imported.agenda.items()
    assert (item.kind, item.scale) == (ItemKind.RATING, (1, 3))
    assert faults_of(imported.agenda) == []
    assert any("say what an observer would see" in loss.why for loss in imported.losses)


def test_headings_of_a_template_become_questions_with_guidance():
    imported = import_markdown(TEMPLATE, "README.md")
    items = {item.id: item for item in imported.agenda.items()}
    assert (imported.agenda.id, imported.agenda.title) == ("service-review", "Service review")
    assert items["how-does-it-scale"].guide == "Think of the busiest day, not of the average."
    assert items["which-dependency-hurts-most"].guide == "Name one, and say when it last did."
    assert items["service-notes"].minutes == 5
    assert items["data-dictionary"].minutes == 10
    assert imported.answers is None


def test_a_table_of_fields_asks_for_owner_and_date():
    items = items_by_id(TEMPLATE)
    assert [items[name].kind for name in ("service", "owner", "start-date")] == [
        ItemKind.TEXT,
        ItemKind.OWNER,
        ItemKind.DATE,
    ]
    assert items["owner"].ask == "Owner: who is it?"


def test_an_empty_table_is_one_to_fill_in():
    text = "# R\n\n## Risks\n\n| Risk | Likelihood | Owner |\n|---|---|---|\n| Fire | | |\n| | | |\n"
    (item,) = items_by_id(text).values()
    assert item.kind is ItemKind.TABLE
    assert [(column.title, column.given) for column in item.columns] == [
        ("risk", True),
        ("likelihood", False),
        ("owner", False),
    ]
    assert item.rows == (("Fire",),)


def test_plain_lists_are_checks_where_nothing_else_asks():
    imported = import_markdown(ALL["plain"], "ship.md")
    assert [item.kind for item in imported.agenda.items()] == [ItemKind.CHECK, ItemKind.CHECK]
    assert imported.losses[0].line == 0
    assert "was taken as a check" in imported.losses[0].why


def test_ids_stay_when_other_lines_come_and_go():
    before = items_by_id("# X\n\n- [ ] First thing\n- [ ] Second thing\n")
    after = items_by_id("# X\n\n- [ ] New thing\n- [ ] Second thing\n")
    assert set(before) & set(after) == {"second-thing"}


def test_equal_and_long_questions_get_ids_of_their_own():
    long = "a question that goes on and on until its id has to be cut somewhere"
    ids = list(items_by_id(f"# X\n\n- [ ] Same\n- [ ] Same\n- [ ] {long} here\n- [ ] {long} there\n"))
    assert ids[:2] == ["same", "same-2"]
    assert len(set(ids)) == 4


def test_words_without_latin_letters_have_ids_and_headings():
    items = items_by_id("# 運用\n\n## 監視\n\n- [ ] アラートはありますか?\n- [ ] 手順書\n")
    assert len(items) == 2
    assert all(item_id.startswith("item-") for item_id in items)


def test_more_than_a_day_of_questions_still_fits_a_meeting():
    text = "# X\n\n" + "".join(f"## S{n}\n\n" + "- [ ] How is it?\n" * 20 for n in range(60))
    agenda = import_markdown(text, "long.md").agenda
    assert agenda.minutes <= 1440
    assert faults_of(agenda) == []


def test_a_text_that_asks_nothing_is_refused_with_a_fix():
    with pytest.raises(AgendaError, match=r"nothing in story\.md looks like a question") as caught:
        import_markdown("# Once\n\nThere was a service.\n", "story.md")
    assert "tick boxes" in caught.value.fix


def test_references_and_html_do_not_swallow_lines():
    text = "# X\n\n- [ ] See [docs]\n\n[docs]: https://docs.example/page\n\n<div>\n<b>Bold words</b>\n</div>\n"
    imported = import_markdown(text, "x.md")
    assert vanished(text, imported) == {}
    assert any("https://docs.example/page" in loss.text for loss in imported.losses)


def test_a_placeholder_tells_what_is_wanted():
    item = items_by_id("# X\n\n- [ ] Reviewed by: `<name of a reviewer>`\n")["reviewed-by"]
    assert item.guide == "As in: <name of a reviewer>"
