"""The databases that random programs run on: SQLite in memory, or a PostgreSQL server."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from tests.fuzz import data
from tests.fuzz import models as m

Sent = Callable[[str], None]
Bind = sa.Engine | sa.Connection


def listen(engine: sa.Engine, sent: Sent) -> None:
    def on_execute(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        sent(statement)

    event.listen(engine, "before_cursor_execute", on_execute)


class SqliteStore:
    """One database in memory, which every run finds as its seed left it."""

    settings = (0, 0, 1, 2)

    def __init__(self, sent: Sent) -> None:
        self.engine = sa.create_engine("sqlite://", poolclass=StaticPool)
        self.templates: dict[int, sqlite3.Connection] = {}
        listen(self.engine, sent)

    def _template(self, seed: int) -> sqlite3.Connection:
        if seed not in self.templates:
            own = sa.create_engine("sqlite://", poolclass=StaticPool)
            m.Base.metadata.create_all(own)
            with Session(own) as session:
                data.fill(session, random.Random(seed))
                session.commit()
            raw = own.raw_connection()
            copy = sqlite3.connect(":memory:")
            raw.driver_connection.backup(copy)
            raw.close()
            self.templates[seed] = copy
        return self.templates[seed]

    def begin(self, seed: int) -> tuple[Bind, dict[str, Any]]:
        """Restore the data of `seed`; what sessions are bound to, and their further options."""
        raw = self.engine.raw_connection()
        raw.driver_connection.rollback()
        self._template(seed).backup(raw.driver_connection)
        raw.close()
        return self.engine, {}

    def end(self) -> dict[str, Any]:
        """What is in the tables."""
        raw = self.engine.raw_connection()
        raw.driver_connection.rollback()
        cursor = raw.cursor()
        try:
            tables: dict[str, Any] = {
                name: cursor.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall()
                for name in m.Base.metadata.tables
            }
        except sqlite3.OperationalError:
            tables = {"": "a statement was stopped in its midst"}
        raw.close()
        return tables

    def close(self) -> None:
        self.engine.dispose()


class PostgresStore:
    """A schema for each seed. A run is one transaction, which is rolled back after it."""

    settings = (0, 0, 2)

    def __init__(self, sent: Sent, url: str) -> None:
        self.engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1))
        self.filled: set[int] = set()
        self.connection: sa.Connection | None = None
        listen(self.engine, sent)

    def _schema(self, seed: int) -> str:
        name = f"fuzz_{seed}"
        if seed not in self.filled:
            with self.engine.begin() as connection:
                connection.execute(sa.text(f"DROP SCHEMA IF EXISTS {name} CASCADE"))
                connection.execute(sa.text(f"CREATE SCHEMA {name}"))
                connection.execute(sa.text(f"SET search_path TO {name}"))
                labels = ", ".join(f"'{item.name}'" for item in m.Status)
                connection.execute(sa.text(f"CREATE TYPE {name}.status AS ENUM ({labels})"))
                for table in m.Base.metadata.sorted_tables:
                    # foreign keys lead nowhere in this data, as SQLite lets them
                    create = sa.schema.CreateTable(table, include_foreign_key_constraints=[])
                    connection.execute(create)
                with Session(connection) as session:
                    data.fill(session, random.Random(seed))
                    session.flush()
                    session.commit()
                connection.execute(sa.text("RESET search_path"))
            self.filled.add(seed)
        return name

    def begin(self, seed: int) -> tuple[Bind, dict[str, Any]]:
        """Open the transaction of a run; what sessions are bound to, and their further options."""
        schema = self._schema(seed)
        self.connection = self.engine.connect()
        self.connection.begin()
        self.connection.execute(sa.text(f"SET LOCAL search_path TO {schema}"))
        for table in m.Base.metadata.sorted_tables:
            column = table.autoincrement_column
            if column is not None:
                self.connection.execute(
                    sa.text(
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'),"
                        f" 1 + coalesce((SELECT max({column.name}) FROM {table.name}), 0))"
                    )
                )
        return self.connection, {"join_transaction_mode": "create_savepoint"}

    def end(self) -> dict[str, Any]:
        """What is in the tables; then nothing of the run is left."""
        assert self.connection is not None
        tables: dict[str, Any] = {}
        try:
            for name in m.Base.metadata.tables:
                rows = self.connection.execute(sa.text(f'SELECT * FROM "{name}"')).all()
                tables[name] = sorted((tuple(row) for row in rows), key=repr)
        except sa.exc.SQLAlchemyError:
            tables = {"": "the transaction is aborted"}
        finally:
            # one that was stopped in the midst of a statement is of no use any more
            self.connection.close()
        return tables

    def close(self) -> None:
        with self.engine.begin() as connection:
            for seed in self.filled:
                connection.execute(sa.text(f"DROP SCHEMA fuzz_{seed} CASCADE"))
        self.engine.dispose()
