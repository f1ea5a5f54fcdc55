"""What can be run: listing, showing, linting; for people and for programs."""

import json


def test_the_list_names_own_and_shipped_agendas(workspace, cli):
    ran = cli("agenda list")
    assert ran.code == 0
    assert "acme Acme check readiness 10 3 agendas/acme.yaml" in [
        " ".join(line.split()) for line in ran.out.splitlines()
    ]
    assert "reliability-review" in ran.out


def test_a_program_gets_the_list_with_stable_keys(workspace, cli):
    facts = json.loads(cli("agenda list --json").out)
    acme = next(one for one in facts if one["id"] == "acme")
    assert acme == {
        "id": "acme",
        "title": "Acme check",
        "kind": "readiness",
        "minutes": 10,
        "items": 3,
        "shipped": False,
        "file": "agendas/acme.yaml",
        "problems": [],
    }


def test_a_program_gets_the_resolved_agenda(workspace, cli):
    agenda = json.loads(cli("agenda show agendas/acme.yaml --json").out)
    item = agenda["sections"][0]["items"][0]
    assert (agenda["id"], item["id"], item["kind"], item["ask"]) == (
        "acme",
        "alerts",
        "check",
        "Does it page somebody?",
    )
    assert item["required"] == ["critical", "high", "medium", "low"]


def test_resolved_says_where_each_item_came_from(workspace, cli):
    (workspace / "agendas" / "ours.yaml").write_text(
        "agenda: 1\nid: ours\nversion: 2.0.0\nextends: acme\nchange:\n  minutes-back: {required: true}\n"
        "add:\n  - {to: first, item: {id: tested, kind: check, ask: Was it tested?}}\n",
        encoding="utf-8",
    )
    lines = cli("agenda show ours --resolved").out.splitlines()
    alerts, back, tested = (
        next(line for line in lines if f"  {name} " in line) for name in ("alerts", "minutes-back", "tested")
    )
    assert "acme@1.0.0 " in alerts
    assert "acme@1.0.0 → ours" in back
    assert "ours@2.0.0 " in tested


def test_a_broken_agenda_names_file_line_column_and_fix(workspace, cli):
    path = workspace / "agendas" / "acme.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: check", "kind: ceck"), encoding="utf-8")
    ran = cli("agenda lint agendas/acme.yaml")
    assert ran.code == 1
    assert ran.out.startswith("agendas/acme.yaml:13:")
    assert 'did you mean "check"?' in ran.out
    assert ran.err == "readyroom: 1 mistake in 1 file\n"


def test_lint_tells_the_mistakes_of_all_files_in_one_go(workspace, cli):
    (workspace / "agendas" / "one.yaml").write_text("agenda: 1\nid: [", encoding="utf-8")
    (workspace / "agendas" / "two.yaml").write_text("agenda: 1\nid: two\ntitel: x\n", encoding="utf-8")
    ran = cli("agenda lint")
    assert ran.code == 1
    assert "agendas/one.yaml:" in ran.out
    assert "agendas/two.yaml:" in ran.out
    facts = json.loads(cli("agenda lint --json").out)
    assert {one["file"] for one in facts} >= {"agendas/one.yaml", "agendas/two.yaml"}
    assert {"file", "line", "column", "severity", "message", "fix"} == set(facts[0])


def test_lint_says_how_many_agendas_are_fine(workspace, cli):
    ran = cli("agenda lint acme")
    assert (ran.code, ran.out, ran.err) == (0, "1 agenda, no problems\n", "")


def test_lint_goes_on_after_a_name_that_it_does_not_know(workspace, cli):
    ran = cli("agenda lint acmee acme")
    assert ran.code == 1
    assert 'did you mean "acme"?' in ran.err


def test_the_schema_goes_into_a_file(workspace, cli):
    ran = cli("agenda schema --out agenda.schema.json")
    assert (ran.code, ran.out) == (0, "wrote agenda.schema.json\n")
    assert json.loads((workspace / "agenda.schema.json").read_text(encoding="utf-8"))["title"]
