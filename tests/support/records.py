"""Builders of records: a rich fictional one, a tiny one, and one of any length."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from readyroom.domain.agenda import (
    Agenda,
    Choice,
    Column,
    ColumnKind,
    Direction,
    EvidenceRequest,
    Item,
    ItemKind,
    ReviewKind,
    RoleCount,
    Rule,
    Section,
)
from readyroom.domain.answer import Answer, AnswerKey, AnswerState, Audience, Prepared
from readyroom.domain.capture import Action, ActionStatus, Decision, ParkedNote, Question, Risk, Treatment
from readyroom.domain.condition import AllOf, ColumnComparing, Comparing, Comparison, OfAnswer, OfRow
from readyroom.domain.finding import Finding
from readyroom.domain.record import Gap, ItemOutcome, Outcome, Record, SectionOutcome
from readyroom.domain.service import Objective, Service, Tier
from readyroom.domain.session import Attendee, ClockEvent, ClockMark, Session, SessionStatus, Sitting

SESSION = "5c0e2d0e-0000-4000-8000-000000000001"
START = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
ZONE = "Europe/Lisbon"
ALL_TIERS = tuple(Tier)


def minute(number):
    return START + timedelta(minutes=number)


def item(item_id, kind, ask, **more):
    return Item(id=item_id, kind=kind, ask=ask, **more)


def answer(item_id, value=None, *, state=AnswerState.ANSWERED, subject="checkout", respondent="", **more):
    return Answer(
        session=SESSION,
        key=AnswerKey(item_id, subject, respondent),
        state=state,
        value=value,
        given_at=minute(5),
        given_by="ana",
        value_version=1,
        **more,
    )


def sample_agenda():
    return Agenda(
        id="reliability-review",
        version="1.2.0",
        title="Reliability review",
        kind=ReviewKind.RELIABILITY_REVIEW,
        minutes=60,
        root="reliability-review",
        lineage=("reliability-review@1.2.0",),
        about="A look at a service's health, so that readiness does not decay between launches.",
        roles=(RoleCount(role="facilitator", least=1, most=1), RoleCount(role="owner", least=1)),
        sections=(_budget(), _incidents(), _people(), _ahead()),
    )


def _budget():
    missed = OfRow(
        cells=(ColumnComparing(column="budget-left", comparing=(Comparing(by=Comparison.BELOW, operand=0),)),)
    )
    return Section(
        id="budget",
        title="SLOs and error budget",
        minutes=12,
        goal="Agree on what the numbers say before anyone explains them.",
        items=(
            item(
                "objectives",
                ItemKind.SLO,
                "How did each objective do since the last review?",
                guide="Read the number first, the story second.",
                required=ALL_TIERS,
                rules=(
                    Rule(
                        when=missed,
                        finding=Finding.HIGH,
                        action="Apply the error budget policy to {row.objective}",
                        priority=1,
                    ),
                ),
            ),
            item(
                "matches-users",
                ItemKind.CHECK,
                "Do these numbers match what users complained about?",
                evidence=EvidenceRequest(ask="Link to the complaints", expires_days=90, required=(Tier.CRITICAL,)),
            ),
        ),
    )


def _incidents():
    steps = ("detect", "find", "decide", "fix")
    slow = OfAnswer(comparing=(Comparing(by=Comparison.ABOVE, operand=15),))
    return Section(
        id="incidents",
        title="Incidents and follow-ups",
        minutes=15,
        goal="Learn from what hurt, not from what was loud.",
        items=(
            item("about-incidents", ItemKind.INFO, "Bring the two longest incidents."),
            item(
                "slowest-step",
                ItemKind.CHOICE,
                "Which step was the slowest when we were down?",
                guide="Think of the two longest incidents.\nFrom the first bad request to the last.",
                choices=tuple(Choice(id=s, text=t) for s, t in zip(steps, _step_texts(), strict=True)),
                required=(Tier.CRITICAL, Tier.HIGH),
            ),
            item(
                "rollback-minutes",
                ItemKind.NUMBER,
                "How many minutes does a rollback take?",
                unit="min",
                direction=Direction(better="lower", target=15),
                required=(Tier.CRITICAL, Tier.HIGH),
                rules=(Rule(when=AllOf(of=(slow,)), finding=Finding.BLOCKER, because="over 15 min"),),
            ),
            item("irreversible", ItemKind.YES_NO, "Is any migration irreversible?", bad="yes"),
            item("story", ItemKind.TEXT, "What would a newcomer not believe?", optional=True),
            item("drills", ItemKind.DATE, "When was the last failover drill?"),
        ),
    )


def _step_texts():
    return ("detecting it", "finding the cause", "deciding what to do", "fixing it")


def _people():
    return Section(
        id="on-call",
        title="On-call",
        minutes=10,
        items=(
            item("volunteer", ItemKind.RATING, "Would you volunteer for next week?", required=(Tier.CRITICAL,)),
            item(
                "pages",
                ItemKind.TABLE,
                "Which alerts hurt most?",
                columns=(
                    Column(id="alert", title="alert", required=True),
                    Column(id="pages", title="pages a week", kind=ColumnKind.NUMBER),
                    Column(id="useful", title="useful?", kind=ColumnKind.YES_NO),
                    Column(id="owner", title="owner", kind=ColumnKind.OWNER),
                ),
                prompts=("Which one woke somebody?",),
            ),
            item("backup", ItemKind.OWNER, "Who is the backup on call?"),
            item("runbooks", ItemKind.CHECK, "Was every runbook used or read in the last 90 days?", optional=True),
            item("handover-notes", ItemKind.TEXT, "What do the handover notes leave out?", optional=True),
        ),
    )


def _ahead():
    return Section(
        id="ahead",
        title="What is ahead",
        minutes=8,
        items=(
            item("capacity", ItemKind.NUMBER, "How many weeks of capacity are left?", unit="weeks"),
            item("launches", ItemKind.TEXT, "Which launches are coming?", optional=True),
        ),
    )


def sample_session(**changes):
    session = Session(
        id=SESSION,
        agenda_id="reliability-review",
        agenda_version="1.2.0",
        agenda_root="reliability-review",
        agenda_hash="sha256:" + "0" * 64,
        title="Reliability review",
        kind="reliability-review",
        subjects=("checkout",),
        status=SessionStatus.FINISHED,
        zone=ZONE,
        created_at=START,
        created_by="ana",
        finished_at=minute(64),
        number=7,
        version=9,
    )
    return replace(session, **changes)


def sample_sitting(**changes):
    marks = (
        (0, ClockMark.START, "objectives"),
        (16, ClockMark.ENTER, "slowest-step"),
        (31, ClockMark.PAUSE, ""),
        (35, ClockMark.RESUME, ""),
        (50, ClockMark.ENTER, "volunteer"),
        (64, ClockMark.STOP, ""),
    )
    sitting = Sitting(
        id="sitting-1",
        session=SESSION,
        number=1,
        started_at=START,
        ended_at=minute(64),
        attendees=(
            Attendee(name="Ana", role="facilitator", arrived_at=START, left_at=minute(64)),
            Attendee(name="Bo", role="on-call", arrived_at=minute(1), left_at=minute(40)),
            Attendee(name="Chidi", role="owner", arrived_at=minute(12)),
            Attendee(name="Emil"),
        ),
        events=tuple(
            ClockEvent(sitting="sitting-1", sequence=n, at=minute(m), mark=mark, item=place)
            for n, (m, mark, place) in enumerate(marks, 1)
        ),
        heartbeat=minute(64),
        version=6,
    )
    return replace(sitting, **changes)


def sample_answers():
    return (
        answer(
            "objectives",
            (
                {"objective": "checkout availability", "target": 99.9, "actual": 99.87, "budget-left": -30},
                {"objective": "checkout latency", "target": 99, "actual": 99.4, "budget-left": 40},
            ),
            note="The miss is one bad hour: Tue 3 Nov, 02:10 to 03:05.",
        ),
        answer("matches-users", "pass", evidence="https://wiki.example/complaints?since=2026-08", prepared_by="Bo"),
        answer("slowest-step", "detect", note="alert fired 19 minutes after the first error;\ndashboard was green"),
        answer("rollback-minutes", 42, note="Measured twice in staging.", evidence="rehearsal notes, page 2"),
        answer("irreversible", state=AnswerState.NOT_APPLICABLE, reason="no schema change this quarter"),
        answer("drills", state=AnswerState.UNKNOWN, note="Chidi looks it up."),
        answer("asked-question-1", "Yes, since the move to the new region."),
        answer(
            "pages",
            (
                {"alert": "CheckoutErrorsHigh", "pages": 4, "useful": "yes", "owner": "Bo"},
                {"alert": "disk 80 % | any host", "pages": 11, "useful": "no"},
            ),
        ),
        answer("backup", state=AnswerState.SKIPPED, reason="Dee was not there"),
        answer("capacity", 9),
    )


def sample_captures():
    shared = {"session": SESSION, "by": "ana"}
    return {
        "actions": (
            Action(
                id="action-1",
                title="Alert on user-visible errors within 5 minutes",
                item="slowest-step",
                at=minute(20),
                number=12,
                owner="Ana",
                due=date(2026, 12, 6),
                priority=1,
                because="detecting was slowest twice in a row",
                **shared,
            ),
            Action(
                id="action-2",
                title="Rehearse the rollback without the lock",
                item="rollback-minutes",
                at=minute(33),
                number=13,
                owner="Dee",
                due=date(2026, 12, 13),
                priority=2,
                agreed=False,
                slips=1,
                **shared,
            ),
            Action(id="action-3", title="Delete the disk alert", item="pages", at=minute(55), number=14, **shared),
            Action(
                id="action-4",
                title="Write down who may roll back",
                at=minute(56),
                number=9,
                owner="Chidi",
                status=ActionStatus.DONE,
                outcome="runbook, chapter 3",
                **shared,
            ),
        ),
        "risks": (
            Risk(
                id="risk-1",
                title="We cannot roll back in time",
                item="rollback-minutes",
                at=minute(36),
                number=3,
                worry=4,
                owner="Bo",
                treatment=Treatment.MITIGATE,
                because="the migration holds a lock",
                could="keep a bad deploy alive for 40 minutes",
                leading_to="a month's error budget gone",
                **shared,
            ),
            Risk(id="risk-2", title="Single card provider", at=minute(60), number=4, worry=2, **shared),
        ),
        "decisions": (
            Decision(
                id="decision-1",
                title="No launches until the budget is above zero",
                at=minute(15),
                number=2,
                decided_by="Chidi",
                **shared,
            ),
        ),
        "parked": (
            ParkedNote(
                id="parked-1",
                title="Do we want a second region?",
                at=minute(44),
                number=1,
                owner="Chidi",
                due=date(2026, 12, 4),
                **shared,
            ),
            ParkedNote(id="parked-2", title="Naming of dashboards", at=minute(58), number=2, **shared),
        ),
        "questions": (
            Question(
                id="question-1",
                title="Did latency get worse for mobile users?",
                item="drills",
                at=minute(38),
                number=1,
                **shared,
            ),
        ),
    }


def sample_outcome():
    def of(item_id, finding=Finding.UNRATED, why="", seconds=60.0):
        return ItemOutcome(key=AnswerKey(item_id, "checkout"), finding=finding, why=why, seconds=seconds)

    return Outcome(
        verdict=Finding.BLOCKER,
        words="blocked",
        sections=(
            SectionOutcome(section="budget", finding=Finding.HIGH, answered=2, asked=2, planned=720, used=960),
            SectionOutcome(section="incidents", finding=Finding.BLOCKER, answered=4, asked=6, planned=900, used=1800),
            SectionOutcome(section="on-call", finding=Finding.UNRATED, answered=1, asked=5, planned=600, used=840),
            SectionOutcome(section="ahead", finding=Finding.UNRATED, answered=1, asked=2, planned=480, used=0),
        ),
        items=(
            of("objectives", Finding.HIGH, "checkout availability: budget left is −30 %, below 0"),
            of("matches-users", Finding.OK),
            of("slowest-step"),
            of("rollback-minutes", Finding.BLOCKER, "over 15 min"),
            of("irreversible"),
            of("drills"),
            of("asked-question-1"),
            of("volunteer"),
            of("pages"),
            of("backup"),
            of("runbooks"),
            of("handover-notes"),
            of("capacity"),
            of("launches"),
        ),
        gaps=(
            Gap(
                what="Required, no answer: “Would you volunteer for next week?”",
                place="volunteer",
                fix="answer now",
            ),
            Gap(what="No owner: A-14 “Delete the disk alert”", place="A-14", fix="set owner"),
            Gap(what="Not yet agreed, Dee was not there: A-13 “Rehearse the rollback without the lock”", place="A-13"),
            Gap(what="Unknown: “When was the last failover drill?”", place="drills", fix="answer now"),
            Gap(what="Skipped: “Who is the backup on call?”", place="backup", fix="answer now"),
            Gap(what="Not answered: “Which launches are coming?”", place="launches", fix="answer now"),
            Gap(what="Not answered: “What do the handover notes leave out?”", place="handover-notes"),
        ),
    )


def sample_record(**changes):
    """One review of a fictional service with a bit of everything."""
    record = Record(
        program="0.1.0",
        written_at=minute(66),
        session=sample_session(),
        agenda=sample_agenda(),
        services=(
            Service(
                name="checkout",
                tier=Tier.CRITICAL,
                owner="payments",
                operated_by="payments-on-call",
                tags=("deployable", "stateful"),
                objectives=(Objective(name="checkout availability", target=99.9),),
            ),
        ),
        sittings=(sample_sitting(),),
        answers=tuple(sorted(sample_answers(), key=lambda one: one.key)),
        prepared=(
            Prepared(
                id="prepared-1",
                session=SESSION,
                key=AnswerKey("runbooks", "checkout"),
                by="Bo",
                at=START - timedelta(days=1),
                value="fail",
                note="The one for the ledger is from 2024.",
            ),
        ),
        outcome=sample_outcome(),
        left_out=2,
        **sample_captures(),
    )
    return replace(record, **changes)


def tiny_record(**changes):
    """A session of one question about no service, with nothing said yet."""
    agenda = Agenda(
        id="what-worries-us",
        version="1.0.0",
        title="What keeps us up at night",
        kind=ReviewKind.RISK,
        minutes=30,
        sections=(Section(id="one", title="Worries", minutes=30, items=(item("worry", ItemKind.TEXT, "What?"),)),),
    )
    session = Session(
        id="5c0e2d0e-0000-4000-8000-000000000002",
        agenda_id=agenda.id,
        agenda_version=agenda.version,
        agenda_root=agenda.id,
        agenda_hash="sha256:" + "1" * 64,
        title=agenda.title,
        kind="risk",
        created_at=START,
    )
    outcome = Outcome(verdict=Finding.UNRATED, words="not rated")
    record = Record(program="0.1.0", written_at=minute(1), session=session, agenda=agenda, outcome=outcome)
    return replace(record, **changes)


def two_sided_record():
    """A handoff of two services with a giver and a receiver, over two sittings, adjourned."""
    agenda = Agenda(
        id="handoff",
        version="2.0.0",
        title="Ownership handoff",
        kind=ReviewKind.HANDOFF,
        minutes=30,
        sections=(
            Section(
                id="ready",
                title="Ready to hand over",
                minutes=30,
                items=(
                    item(
                        "ready-to-own",
                        ItemKind.YES_NO,
                        "Could the receiving team fix it at 3 am?",
                        respondents=("giver", "receiver"),
                        required=ALL_TIERS,
                    ),
                ),
            ),
        ),
    )
    keys = [AnswerKey("ready-to-own", s, r) for s in ("ledger", "search") for r in ("giver", "receiver")]
    second = START + timedelta(days=7)
    return tiny_record(
        agenda=agenda,
        session=sample_session(
            agenda_id="handoff",
            agenda_version="2.0.0",
            title="Ownership handoff",
            kind="handoff",
            subjects=("ledger", "search"),
            status=SessionStatus.ADJOURNED,
            finished_at=None,
        ),
        sittings=(
            sample_sitting(events=()),
            Sitting(id="sitting-2", session=SESSION, number=2, started_at=second, attendees=(Attendee(name="Ana"),)),
        ),
        answers=(
            answer("ready-to-own", "yes", subject="ledger", respondent="giver", note="We wrote it all down."),
            answer("ready-to-own", "no", subject="ledger", respondent="receiver"),
            answer("ready-to-own", "yes", subject="search", respondent="giver"),
        ),
        actions=(
            Action(
                id="action-1",
                session=SESSION,
                title="Shadow one week on call",
                subject="ledger",
                at=minute(9),
                number=1,
                owner="Dee",
            ),
        ),
        outcome=Outcome(
            verdict=Finding.HIGH,
            words="at risk",
            sections=(
                SectionOutcome(section="ready", finding=Finding.HIGH, answered=3, asked=4, planned=1800, used=20),
            ),
            items=tuple(ItemOutcome(key=key, finding=Finding.UNRATED) for key in keys),
        ),
    )


def long_record(items=500):
    """A record of many items, each answered with a note, for measuring."""
    sections = []
    for number in range(items // 10):
        inside = tuple(
            item(f"item-{number}-{n}", ItemKind.NUMBER, f"How long does step {n} of chain {number} take?", unit="min")
            for n in range(10)
        )
        sections.append(Section(id=f"section-{number}", title=f"Section {number}", minutes=5, items=inside))
    agenda = replace(sample_agenda(), sections=tuple(sections))
    keys = [AnswerKey(one.id, "checkout") for one in agenda.items()]
    return sample_record(
        agenda=agenda,
        answers=tuple(answer(key.item, 42, note="measured_twice in *staging*; see <the notes>") for key in keys),
        prepared=(),
        questions=(),
        outcome=Outcome(
            verdict=Finding.MEDIUM,
            words="needs attention",
            sections=tuple(
                SectionOutcome(section=s.id, finding=Finding.OK, answered=10, asked=10, planned=300, used=280)
                for s in sections
            ),
            items=tuple(ItemOutcome(key=key, finding=Finding.MEDIUM, why="over 30 min") for key in keys),
        ),
    )


def restricted(captured):
    """The same capture, for facilitators only."""
    return replace(captured, audience=Audience.FACILITATORS)
