"""The thresholds of the shipped agendas speak when they should, block what they should, and ask only what applies."""

from datetime import date

import pytest

from readyroom.agendas.find import open_agenda
from readyroom.domain.agenda import columns_of
from readyroom.domain.answer import Answer, AnswerKey, AnswerState
from readyroom.domain.finding import Finding
from readyroom.domain.hold import Facts, ProposalKind, findings, holds
from readyroom.domain.service import Service, Tier

TODAY = date(2026, 11, 23)
UNKNOWN, SKIPPED = AnswerState.UNKNOWN, AnswerState.SKIPPED
ACTION, RISK = ProposalKind.ACTION, ProposalKind.RISK
READINESS, REVIEW, HANDOFF = "readiness-checklist", "reliability-review", "ownership-handoff"
ON_CALL, ASSESSMENT, NIGHT = "on-call-maturity", "risk-assessment", "what-keeps-us-up-at-night"
INCIDENT, LAUNCH = "post-incident-risk-review", "launch-review"
ONE_JOURNEY = {"journey": "pay", "target": 99.9, "measured": 99.95}


def facts(answers=None, *, tier=None, tags=(), trigger=""):
    """What was said to other items, about a service; a state stands for an answer without a value."""
    said = {}
    for name, value in (answers or {}).items():
        key = AnswerKey(name)
        if isinstance(value, AnswerState):
            said[name] = Answer(session="s", key=key, state=value)
        else:
            said[name] = Answer(session="s", key=key, state=AnswerState.ANSWERED, value=value)
    service = Service(name="checkout", tier=Tier(tier) if tier else None, tags=tags)
    return Facts(today=TODAY, answers=said, service=service, trigger=trigger)


def verdict(agenda_id, item_id, value, others=None, **about):
    """What the rules of one item make of an answer."""
    return findings(open_agenda(agenda_id).item(item_id), facts({**(others or {}), item_id: value}, **about))


def suggested(agenda_id, item_id, value, others=None, **about):
    """The kinds of what is suggested: `action`, `risk`, `check`."""
    return {one.kind for one in verdict(agenda_id, item_id, value, others, **about).proposals}


def hidden(agenda_id, item_id, answers=None, **about):
    """Whether the question is left out, for its own condition or its section's."""
    agenda = open_agenda(agenda_id)
    conditions = (agenda.item(item_id).when, agenda.section_of(item_id).when)
    return not all(holds(one, facts(answers, **about)) for one in conditions if one is not None)


@pytest.mark.parametrize(
    "agenda_id, item_id, value, others, kinds",
    [
        (READINESS, "rollback-minutes", 20, {}, {ACTION}),
        (READINESS, "rollback-minutes", 15, {}, set()),
        (READINESS, "rollback-rehearsed", "2026-08-01", {}, {ACTION}),
        (READINESS, "rollback-rehearsed", "2026-11-01", {}, set()),
        (READINESS, "rpo-measured", 30, {"rpo-promised": 15}, {RISK}),
        (READINESS, "rpo-measured", 15, {"rpo-promised": 15}, set()),
        (READINESS, "rto-measured", UNKNOWN, {"rto-promised": 60}, {RISK}),
        (READINESS, "proven-peak", 140, {"expected-peak": 100}, {ACTION}),
        (READINESS, "proven-peak", 150, {"expected-peak": 100}, set()),
        (READINESS, "at-limit", UNKNOWN, {}, {ACTION}),
        (READINESS, "blast-radius", "all", {}, {RISK}),
        (READINESS, "single-component", "yes", {}, {RISK}),
        (READINESS, "irreversible", "yes", {}, {RISK, ProposalKind.CHECK}),
        (READINESS, "on-call-load", 3, {}, {ACTION}),
        (READINESS, "dependencies", ({"dependency": "login", "strength": "hard", "timeout": 1},), {}, {RISK}),
        (READINESS, "expiring", ({"what": "key", "expires": "2027-01-10"},), {}, {ACTION}),
        (READINESS, "expiring", ({"what": "key", "expires": "2027-02-10"},), {}, set()),
        (READINESS, "conditions", ({"condition": "a", "owner": "Bo", "by": "2027-01-01"},), {}, {ACTION}),
        (REVIEW, "pages-worth-it", 69, {}, {ACTION}),
        (REVIEW, "toil", 31, {}, {ACTION}),
        (REVIEW, "capacity-runway", 7, {}, {ACTION}),
        (REVIEW, "objectives", ({"objective": "a", "budget-left": 24},), {}, {ACTION}),
        (REVIEW, "incidents-by-theme", ({"theme": "disk", "incidents": 2},), {}, {RISK}),
        (HANDOFF, "proof-restore", "fail", {}, {ACTION}),
        (HANDOFF, "people-who-know", 1, {}, {ACTION, RISK}),
        (HANDOFF, "scariest-part", "the queue", {}, {RISK}),
        (HANDOFF, "consumers", ({"consumer": "checkout", "told": "no"},), {}, {ACTION}),
        (HANDOFF, "ignored-alerts", ({"alert": "disk", "why": "always"},), {}, {ACTION}),
        (ON_CALL, "people-in-rotation", 4, {}, {RISK}),
        (ON_CALL, "people-in-rotation", 3, {}, {ACTION, RISK}),
        (ON_CALL, "people-in-rotation", 5, {}, set()),
        (ON_CALL, "pages-median", 3, {}, {ACTION}),
        (ON_CALL, "night-pages", 3, {}, {ACTION}),
        (ON_CALL, "pages-for-nothing", 31, {}, {ACTION}),
        (ON_CALL, "rest", 2, {}, {ACTION}),
        (ON_CALL, "night-access", 2, {}, {ACTION}),
        (ON_CALL, "time-to-fix", 2, {}, {ACTION}),
        (ON_CALL, "loudest-alerts", ({"alert": "disk", "pages": 9, "verdict": "tune"},), {}, {ACTION}),
        (ASSESSMENT, "early-signals", ({"risk": "disk"},), {}, {ACTION}),
        (ASSESSMENT, "estimates", ({"risk": "disk", "high-over-low": 10},), {}, {ACTION}),
        (ASSESSMENT, "decisions", ({"risk": "disk", "decision": "mitigate"},), {}, {ACTION, RISK}),
        (NIGHT, "decisions", ({"risk": "disk"},), {}, {ACTION, RISK}),
        (INCIDENT, "on-register", "not", {}, {RISK}),
        (INCIDENT, "first-told-by", "customers", {}, {ACTION}),
        (LAUNCH, "minutes-back", 20, {}, {ACTION}),
        (LAUNCH, "way-back-kind", "none", {}, {ACTION, RISK}),
    ],
)
def test_a_threshold_suggests_what_follows(agenda_id, item_id, value, others, kinds):
    assert suggested(agenda_id, item_id, value, others) == kinds


@pytest.mark.parametrize(
    "agenda_id, item_id, value, others, tier",
    [
        (READINESS, "may-say-no", SKIPPED, {}, "low"),
        (READINESS, "launch-backup", SKIPPED, {}, "low"),
        (READINESS, "launch-backup", "Bo", {"launch-primary": "Bo"}, "low"),
        (READINESS, "proven-peak", 90, {"expected-peak": 100}, "low"),
        (READINESS, "rollback-rehearsed", "never", {}, "medium"),
        (READINESS, "restore-tested", "never", {}, "low"),
        (READINESS, "standing-rotation", "fail", {}, "medium"),
        (READINESS, "critical-findings", 1, {}, "low"),
        (READINESS, "journeys", ({**ONE_JOURNEY, "alert": "none"},), {}, "low"),
        (READINESS, "journeys", (ONE_JOURNEY,), {}, "low"),
        (READINESS, "rollback-minutes", 61, {}, "critical"),
        (READINESS, "signatures", ({"name": "Bo", "role": "owner", "signs": "yes"},), {}, "critical"),
        (READINESS, "signatures", ({"name": "Bo", "role": "owner", "signs": "yes"},), {}, "high"),
        (READINESS, "waivers", ({"blocker": "a", "reason": "b", "until": "2026-12-24"},), {}, "low"),
        (READINESS, "go", "no-go", {}, "low"),
        (HANDOFF, "what-moves", ({"what": "data and backups"},), {}, "low"),
        (HANDOFF, "open-debt", ({"what": "an old version"},), {}, "low"),
        (HANDOFF, "access-and-routing", ({"access": "pager", "handed-over": "yes"},), {}, "low"),
        (HANDOFF, "access-and-routing", ({"access": "secrets", "handed-over": "yes", "tried": "pass"},), {}, "low"),
        (HANDOFF, "receiver-confidence", 2, {}, "low"),
        (HANDOFF, "acceptance", "refuse", {}, "low"),
        (LAUNCH, "checklist", "not-held", {}, "high"),
        (LAUNCH, "watchers", ({"from-to": "Mon 10-14"},), {}, "low"),
        (LAUNCH, "guard-rail-signals", ({"number": "errors", "stopped-by": "machine"},), {}, "low"),
        (LAUNCH, "decision", "no-go", {}, "low"),
    ],
)
def test_a_blocker_blocks(agenda_id, item_id, value, others, tier):
    assert verdict(agenda_id, item_id, value, others, tier=tier).finding is Finding.BLOCKER


@pytest.mark.parametrize(
    "agenda_id, item_id, value, tier",
    [
        (READINESS, "rollback-rehearsed", "never", "low"),
        (READINESS, "rollback-minutes", 61, "medium"),
        (READINESS, "signatures", ({"name": "Bo", "role": "owner", "signs": "yes"},), "medium"),
        (READINESS, "journeys", ({**ONE_JOURNEY, "alert": "burn-rate"},), "critical"),
        (LAUNCH, "checklist", "not-held", "medium"),
        (HANDOFF, "access-and-routing", ({"access": "pager", "handed-over": "yes", "tried": "pass"},), "critical"),
    ],
)
def test_a_lower_tier_or_a_good_answer_is_not_blocked(agenda_id, item_id, value, tier):
    assert verdict(agenda_id, item_id, value, tier=tier).finding is not Finding.BLOCKER


def test_a_rollback_that_was_never_rehearsed_says_why_it_blocks():
    told = verdict(READINESS, "rollback-rehearsed", "never", tier="high")
    assert told.why == "A way back that nobody has walked is a guess"
    assert [one.text for one in told.proposals] == ["Roll checkout back once, on a quiet day"]


def test_data_duties_and_releases_are_asked_only_where_there_are_any():
    assert not hidden(READINESS, "restore-tested")
    assert not hidden(READINESS, "restore-tested", tags=("stateful",))
    assert hidden(READINESS, "restore-tested", tags=("deployable",))
    assert hidden(READINESS, "restore-tested", {"traits": ("deployable",)})
    assert not hidden(READINESS, "restore-tested", {"traits": ("stateful",)})
    assert hidden(READINESS, "rollback-minutes", tags=("stateful",))
    assert hidden(READINESS, "audit-trail")
    assert not hidden(READINESS, "audit-trail", tags=("regulated",))
    assert not hidden(READINESS, "audit-trail", {"traits": ("regulated",)})
    assert hidden(READINESS, "traits", tags=("regulated",))
    assert not hidden(READINESS, "traits", tags=("written-in-go",))
    assert hidden(HANDOFF, "proof-restore", tags=("deployable",))
    assert hidden(ASSESSMENT, "all-justified")
    assert not hidden(ASSESSMENT, "all-justified", tags=("regulated",))


def test_the_trigger_selects_questions():
    assert not hidden(READINESS, "launch-primary")
    assert hidden(READINESS, "launch-primary", trigger="yearly")
    assert hidden(READINESS, "old-waivers")
    assert not hidden(READINESS, "old-waivers", trigger="yearly")
    assert not hidden(READINESS, "region-apart", trigger="new-region")
    assert not hidden(READINESS, "dependency-agreed", trigger="new-dependency")
    assert hidden(READINESS, "dependency-agreed", trigger="new-region")


def test_a_critical_service_is_signed_by_the_reliability_lead_and_a_small_one_by_its_owner():
    signers = dict(open_agenda(READINESS).signers)
    assert signers[Tier.CRITICAL] == ("owner", "reliability-lead")
    assert signers[Tier.HIGH] == ("owner", "peer")
    assert signers[Tier.MEDIUM] == signers[Tier.LOW] == ("owner",)
    signed = ({"name": "Bo", "signs": "yes"}, {"name": "Fay", "role": "reliability lead", "signs": "yes"})
    assert verdict(READINESS, "signatures", signed, tier="critical").finding is Finding.OK


def test_in_a_handoff_giver_and_receiver_answer_what_they_may_see_differently_apart():
    apart = {item.id for item in open_agenda(HANDOFF).items() if item.respondents == ("giver", "receiver")}
    assert apart >= {"accepting-owner", "proof-deploy", "proof-restore", "scariest-part"}


def test_an_accepted_risk_needs_approver_reason_and_end():
    columns = {column.id for column in columns_of(open_agenda(ASSESSMENT).item("acceptances")) if column.required}
    assert columns == {"risk", "approved-by", "reason", "until"}
    for missing in ("approved-by", "reason", "until"):
        row = {"risk": "disk", "approved-by": "Gus", "reason": "cost", "until": "2027-04-01"}
        del row[missing]
        assert verdict(ASSESSMENT, "acceptances", (row,)).finding is Finding.HIGH, missing
    assert hidden(ASSESSMENT, "acceptances", {"decisions": ({"risk": "disk", "decision": "mitigate"},)})
    assert not hidden(ASSESSMENT, "acceptances", {"decisions": ({"risk": "disk", "decision": "accept"},)})
