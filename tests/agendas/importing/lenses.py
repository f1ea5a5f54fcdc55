"""A small lens of our own, with what real ones have and should not have."""

import json


def choice(choice_id, title, plan="", **more):
    made = {"id": choice_id, "title": title, **more}
    if plan:
        made["improvementPlan"] = {"displayText": plan, "url": f"https://help.example/{choice_id}"}
    return made


def question(question_id="alarms", choices=None, rules=(("default", "HIGH_RISK"),), **more):
    some = choices or [
        choice("paging", "Somebody is paged.", "Page somebody."),
        choice("board", "There is a board.", "Draw one."),
    ]
    made = {
        "id": question_id,
        "title": "Alarms (H)",
        "description": "Do you hear of trouble first?",
        "choices": some,
        "riskRules": [{"condition": condition, "risk": risk} for condition, risk in rules],
    }
    made.update(more)
    return made


def lens(*questions, **more):
    made = {
        "schemaVersion": "2021-11-01",
        "name": "Lens of the ledger",
        "description": "What the ledger team asks itself before a launch.",
        "pillars": [{"id": "operate", "name": "Operate", "questions": list(questions) or [question()]}],
    }
    made.update(more)
    return json.dumps(made, indent=2)
