"""Runs one side of a case on one database and records all that can be compared."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from types import ModuleType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from codemods.testing.case import Case
from codemods.testing.database import Database, Server, State, StatementCounter
from codemods.testing.values import freeze

NS = (0, 1, 10, 100)

_Session = partial(Session, future=True)


@dataclass(frozen=True)
class Outcome:
    """What one run did.

    Attributes:
        result: the returned data in the form that `freeze` gives; None after an exception.
        exception: the class of what was raised, with its arguments where it is not the database's.
        rows: what flushes did in sum: `insert`, `update` or `delete`, class name and primary key.
        state: every row of every table afterwards.
        queries: how many statements read.
        writes: how many did not.
        fetched: how many rows the program took from the results.
    """

    result: Any
    exception: str | None
    rows: tuple[tuple[str, str, str], ...]
    state: State
    queries: int
    writes: int
    fetched: int = 0

    def differences(self, other: Outcome) -> list[str]:
        """The names of the aspects, apart from statements, in which two runs differ."""
        aspects = ("result", "exception", "rows", "state")
        return [name for name in aspects if getattr(self, name) != getattr(other, name)]


@dataclass(frozen=True)
class Run:
    """Both sides of a case at one N, with the sizes that the data has."""

    n: int
    sizes: Mapping[str, int]
    before: Outcome
    after: Outcome


def run(case: Case, module: ModuleType, database: Database) -> Outcome:
    """Run the scenario of `case` on a database that holds its data, and restore the database."""
    scenario = case.scenario.scenario
    record = _Record()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if inspect.iscoroutinefunction(scenario):
            asyncio.run(_run_async(case, module, database, record))
        else:
            _run_sync(case, module, database, record)
        tables = metadata(case, module)
        state = database.dump(tables) if record.writes else database.filled(tables)
    if record.writes:
        database.restore()
    return Outcome(
        record.result, record.exception, record.rows(), state, record.queries, record.writes,
        record.fetched,
    )  # fmt: skip


def metadata(case: Case, module: ModuleType) -> sa.MetaData:
    """The tables of the case."""
    models: Any = module if case.own_models else case.shared
    tables: sa.MetaData = (models.db if hasattr(models, "db") else models.Base).metadata
    return tables


def sizes(case: Case, database: Database) -> Mapping[str, int]:
    """What the names in cost formulas count, on this database."""
    count: Callable[[Session], Mapping[str, int]] | None = case.option("sizes")
    if count is None:
        return {}
    engine = database.engine()
    with Session(engine, future=True) as session:
        result = dict(count(session))
    engine.dispose()
    return result


def run_all(case: Case, server: Server, ns: Sequence[int] = NS) -> list[Run]:
    """Run both sides of a case at every N, each on data that is fresh."""
    seed = case.seed()
    shared = not case.own_models and case.option("seed") is None
    with case.module("before") as module:
        tables = metadata(case, module)
        databases = {
            n: server.database(
                f"{case.package if shared else case.id}_{n}",
                tables,
                partial(_seeded, seed, module, n),
                keep=shared,
            )
            for n in ns
        }
        before = {n: run(case, module, databases[n]) for n in ns}
    with case.module("after" if case.fixed else "before") as module:
        after = {n: run(case, module, databases[n]) for n in ns}
    return [Run(n, sizes(case, databases[n]), before[n], after[n]) for n in ns]


def _seeded(seed: Callable[..., object], module: ModuleType, n: int, session: Session) -> None:
    seed(module, session, n)


class _Record:
    """What happens in a run. Objects are never kept: that would keep them in the session."""

    def __init__(self) -> None:
        self.result: Any = None
        self.exception: str | None = None
        self.net: dict[tuple[str, str], str] = {}
        self.queries = self.writes = self.fetched = 0

    def watch(self, session: Session) -> None:
        event.listen(session, "after_flush", self._flushed)

    def _flushed(self, session: Session, context: Any) -> None:
        for item in session.new:
            self._happened("insert", item)
        for item in session.dirty:
            if session.is_modified(item):
                self._happened("update", item)
        for item in session.deleted:
            self._happened("delete", item)

    def _happened(self, kind: str, item: Any) -> None:
        key = repr(tuple(sa.inspect(type(item)).primary_key_from_instance(item)))
        row = (type(item).__name__, key)
        if self.net.get(row) == "insert":
            kind = "nothing" if kind == "delete" else "insert"
        self.net[row] = kind

    def rows(self) -> tuple[tuple[str, str, str], ...]:
        if self.exception:
            return ()
        return tuple(sorted((kind, *row) for row, kind in self.net.items() if kind != "nothing"))

    def failed(self, error: Exception) -> None:
        known = isinstance(error, sa.exc.SQLAlchemyError)
        self.exception = type(error).__name__ if known else repr(error)
        self.result = None

    def counted(self, counter: StatementCounter) -> None:
        self.queries, self.writes = counter.queries, counter.writes
        self.fetched = counter.rows


def _run_sync(case: Case, module: ModuleType, database: Database, record: _Record) -> None:
    with (
        _session(case, module, database) as session,
        StatementCounter(session.get_bind()) as counter,
    ):
        record.watch(session)
        try:
            record.result = freeze(case.scenario.scenario(module, session))
            session.commit()
        except AssertionError:
            raise
        except Exception as error:
            record.failed(error)
            session.rollback()
        record.counted(counter)


async def _run_async(case: Case, module: ModuleType, database: Database, record: _Record) -> None:
    engine = database.async_engine()
    async with _async_session(case, module, engine) as session:
        with StatementCounter(engine.sync_engine) as counter:
            record.watch(session.sync_session)
            try:
                record.result = freeze(await case.scenario.scenario(module, session))
                await session.commit()
            except AssertionError:
                raise
            except Exception as error:
                record.failed(error)
                await session.rollback()
            record.counted(counter)
    await engine.dispose()


@contextmanager
def _session(case: Case, module: ModuleType, database: Database) -> Iterator[Any]:
    if not case.own_models and hasattr(case.shared, "db"):
        application = importlib.import_module(f"{case.package}.app")
        app = application.create_app(database.address())
        db = case.shared.db
        with app.app_context():
            database.adopt(db.engine)
            session = db.session()
            yield session
            db.session.remove()
            db.engine.dispose()
        return
    engine = database.engine()
    with _factory(case, module, "SessionLocal", _Session)(bind=engine) as session:
        yield session
    engine.dispose()


def _async_session(case: Case, module: ModuleType, engine: Any) -> Any:
    from sqlalchemy.ext.asyncio import AsyncSession

    return _factory(case, module, "AsyncSessionLocal", AsyncSession)(bind=engine)


def _factory(case: Case, module: ModuleType, name: str, default: Any) -> Any:
    if case.own_models:
        return getattr(module, name, default)
    return getattr(importlib.import_module(f"{case.package}.db"), name)
