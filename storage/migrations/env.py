"""Run by Alembic inside the transaction that ``storage.migrate`` has opened."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("migrate with `saksgang migrate`, which knows the database and locks it")
context.configure(connection=connection)
context.run_migrations()
