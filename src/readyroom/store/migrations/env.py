"""What Alembic runs: the missing migrations, on the connection and in the transaction of `run`."""

from alembic import context
from sqlmodel import SQLModel

from readyroom.store import ledger, tables  # noqa: F401 - so that their tables are known

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
