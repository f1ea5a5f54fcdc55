"""The first schema.

A migration is history: it names its columns itself and imports nothing of the program.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From an empty database."""
    _agendas_and_services()
    _sessions()
    _sittings()
    _answers()
    _prepared()
    _rounds()
    _actions()
    _risks()
    _decisions_and_parked()
    _questions()
    _ledger()
    _windows_and_records()


def _words(name: str, *members: str) -> Any:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=32)


def _agendas_and_services() -> None:
    op.create_table(
        "agenda",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("outline", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_agenda")),
    )
    op.create_table(
        "service",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tier", _words("tier", "critical", "high", "medium", "low"), nullable=True),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("operated_by", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("objectives", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version >= 0", name=op.f("ck_service_version_not_negative")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_service")),
    )


def _sessions() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agenda_id", sa.Text(), nullable=False),
        sa.Column("agenda_version", sa.Text(), nullable=False),
        sa.Column("agenda_root", sa.Text(), nullable=False),
        sa.Column("agenda_hash", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.Column("status", _words("status", "in progress", "adjourned", "finished", "sealed"), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("actions", sa.Integer(), nullable=False),
        sa.Column("risks", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("last_activity", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("revision >= 0", name=op.f("ck_session_revision_not_negative")),
        sa.CheckConstraint("version >= 0", name=op.f("ck_session_version_not_negative")),
        sa.ForeignKeyConstraint(["agenda_hash"], ["agenda.hash"], name=op.f("fk_session_agenda_hash_agenda")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("number", name=op.f("uq_session_number")),
    )
    op.create_index("ix_session_agenda_root", "session", ["agenda_root"], unique=False)
    op.create_index("ix_session_page", "session", ["created_at", "number"], unique=False)
    op.create_index("ix_session_resume", "session", ["status", "last_activity"], unique=False)
    op.create_table(
        "session_subject",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["session"], ["session.id"], name=op.f("fk_session_subject_session_session")),
        sa.PrimaryKeyConstraint("session", "position", name=op.f("pk_session_subject")),
    )
    op.create_index("ix_session_subject_key", "session_subject", ["key", "session"], unique=False)


def _sittings() -> None:
    op.create_table(
        "sitting",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heartbeat", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version >= 0", name=op.f("ck_sitting_version_not_negative")),
        sa.ForeignKeyConstraint(["session"], ["session.id"], name=op.f("fk_sitting_session_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
    )
    op.create_index("ix_sitting_session", "sitting", ["session", "number"], unique=False)
    op.create_table(
        "attendee",
        sa.Column("sitting", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["sitting"], ["sitting.id"], name=op.f("fk_attendee_sitting_sitting")),
        sa.PrimaryKeyConstraint("sitting", "position", name=op.f("pk_attendee")),
    )
    op.create_table(
        "clock_event",
        sa.Column("sitting", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mark", _words("mark", "start", "enter", "pause", "resume", "extend", "stop"), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["sitting"], ["sitting.id"], name=op.f("fk_clock_event_sitting_sitting")),
        sa.PrimaryKeyConstraint("sitting", "sequence", name=op.f("pk_clock_event")),
    )


def _answers() -> None:
    op.create_table(
        "answer",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("respondent", sa.Text(), nullable=False),
        sa.Column(
            "state",
            _words(
                "state",
                "unanswered",
                "prepared",
                "answered",
                "disputed",
                "unknown",
                "skipped",
                "not applicable",
                "hidden",
            ),
            nullable=False,
        ),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("audience", _words("audience", "room", "facilitators"), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("prepared_by", sa.Text(), nullable=False),
        sa.Column("dismissed", sa.Text(), nullable=False),
        sa.Column("value_version", sa.Integer(), nullable=False),
        sa.Column("note_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'hidden'", name=op.f("ck_answer_hidden_is_derived")),
        sa.CheckConstraint("note_version >= 0", name=op.f("ck_answer_note_version_not_negative")),
        sa.CheckConstraint("value_version >= 0", name=op.f("ck_answer_value_version_not_negative")),
        sa.ForeignKeyConstraint(["session"], ["session.id"], name=op.f("fk_answer_session_session")),
        sa.PrimaryKeyConstraint("session", "item", "subject", "respondent", name=op.f("pk_answer")),
    )


def _prepared() -> None:
    op.create_table(
        "prepared",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("respondent", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column(
            "state",
            _words(
                "state",
                "unanswered",
                "prepared",
                "answered",
                "disputed",
                "unknown",
                "skipped",
                "not applicable",
                "hidden",
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'hidden'", name=op.f("ck_prepared_hidden_is_derived")),
        sa.CheckConstraint("version >= 0", name=op.f("ck_prepared_version_not_negative")),
        sa.ForeignKeyConstraint(["session"], ["session.id"], name=op.f("fk_prepared_session_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepared")),
    )
    op.create_index("ix_prepared_session", "prepared", ["session"], unique=False)


def _rounds() -> None:
    op.create_table(
        "round",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("respondent", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("openly", sa.Boolean(), nullable=False),
        sa.Column("votes", sa.Text(), nullable=False),
        sa.Column("named", sa.Text(), nullable=False),
        sa.Column("abstentions", sa.Integer(), nullable=False),
        sa.Column("withheld", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("abstentions >= 0", name=op.f("ck_round_abstentions_not_negative")),
        sa.CheckConstraint("number BETWEEN 1 AND 2", name=op.f("ck_round_two_rounds_at_most")),
        sa.CheckConstraint("version >= 0", name=op.f("ck_round_version_not_negative")),
        sa.CheckConstraint("withheld >= 0", name=op.f("ck_round_withheld_not_negative")),
        sa.ForeignKeyConstraint(["session"], ["session.id"], name=op.f("fk_round_session_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
    )
    op.create_index("ix_round_session", "round", ["session"])


def _actions() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("audience", _words("audience", "room", "facilitators"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("status", _words("status", "open", "in progress", "done", "dropped"), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("slips", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("from_rule", sa.Text(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("due_order", sa.Text(), nullable=False),
        sa.Column("subject_key", sa.Text(), nullable=False),
        sa.CheckConstraint("priority >= 0", name=op.f("ck_action_priority_not_negative")),
        sa.CheckConstraint("slips >= 0", name=op.f("ck_action_slips_not_negative")),
        sa.CheckConstraint("version >= 0", name=op.f("ck_action_version_not_negative")),
        sa.ForeignKeyConstraint(["session"], ["session.id"], name=op.f("fk_action_session_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("number", name=op.f("uq_action_number")),
    )
    op.create_index("ix_action_page", "action", ["open", "due_order", "number"], unique=False)
    op.create_index(op.f("ix_action_session"), "action", ["session"], unique=False)
    op.create_index("ix_action_subject_key", "action", ["subject_key"], unique=False)


def _risks() -> None:
    op.create_table(
        "risk",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("audience", _words("audience", "room", "facilitators"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("worry", sa.Integer(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column(
            "treatment",
            _words("treatment", "open", "mitigate", "accept", "transfer", "avoid", "not-a-risk"),
            nullable=False,
        ),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("could", sa.Text(), nullable=False),
        sa.Column("leading_to", sa.Text(), nullable=False),
        sa.Column("from_rule", sa.Text(), nullable=False),
        sa.CheckConstraint("version >= 0", name=op.f("ck_risk_version_not_negative")),
        sa.CheckConstraint("worry BETWEEN 1 AND 5", name=op.f("ck_risk_worry_in_scale")),
        sa.ForeignKeyConstraint(["session"], ["session.id"], name=op.f("fk_risk_session_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk")),
        sa.UniqueConstraint("number", name=op.f("uq_risk_number")),
    )
    op.create_index(op.f("ix_risk_session"), "risk", ["session"], unique=False)


def _decisions_and_parked() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("audience", _words("audience", "room", "facilitators"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.CheckConstraint("version >= 0", name=op.f("ck_decision_version_not_negative")),
        sa.ForeignKeyConstraint(["session"], ["session.id"], name=op.f("fk_decision_session_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("number", name=op.f("uq_decision_number")),
    )
    op.create_index(op.f("ix_decision_session"), "decision", ["session"], unique=False)
    op.create_table(
        "parked",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("audience", _words("audience", "room", "facilitators"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.CheckConstraint("version >= 0", name=op.f("ck_parked_version_not_negative")),
        sa.ForeignKeyConstraint(["session"], ["session.id"], name=op.f("fk_parked_session_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked")),
        sa.UniqueConstraint("number", name=op.f("uq_parked_number")),
    )
    op.create_index(op.f("ix_parked_session"), "parked", ["session"], unique=False)


def _questions() -> None:
    op.create_table(
        "question",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("audience", _words("audience", "room", "facilitators"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version >= 0", name=op.f("ck_question_version_not_negative")),
        sa.ForeignKeyConstraint(["session"], ["session.id"], name=op.f("fk_question_session_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("number", name=op.f("uq_question_number")),
    )
    op.create_index(op.f("ix_question_session"), "question", ["session"], unique=False)


def _ledger() -> None:
    op.create_table(
        "meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_meta")),
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.CheckConstraint("value >= 0", name=op.f("ck_counter_value_not_negative")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "alias",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "number", "entity", name=op.f("pk_alias")),
    )
    op.create_table(
        "journal",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("window", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_journal")),
        sa.UniqueConstraint("mark", name=op.f("uq_journal_mark")),
    )
    op.create_index("ix_journal_session", "journal", ["session", "sequence"], unique=False)
    op.create_index("ix_journal_window", "journal", ["window", "sequence"], unique=False)
    op.create_table(
        "blob",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_blob")),
    )


def _windows_and_records() -> None:
    op.create_table(
        "window",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("respondent", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["session"], ["session.id"], name=op.f("fk_window_session_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_window")),
    )
    op.create_index("ix_window_session", "window", ["session", "seen_at"], unique=False)
    op.create_table(
        "draft",
        sa.Column("window", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["window"], ["window.id"], name=op.f("fk_draft_window_window")),
        sa.PrimaryKeyConstraint("window", "field", name=op.f("pk_draft")),
    )
    op.create_table(
        "record",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["session"], ["session.id"], name=op.f("fk_record_session_session")),
        sa.PrimaryKeyConstraint("session", "revision", name=op.f("pk_record")),
    )
