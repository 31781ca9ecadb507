"""Runs the sample application's jobs and counts what they ask of the database."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from codemods.demo import data


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of one job. `result` is a returned value or the exception's `repr`."""

    job: str
    statements: int
    rows: int
    seconds: float
    result: Any


@dataclass(frozen=True, slots=True)
class Run:
    """All jobs of one version at one size, and the rows of every table at the end."""

    size: int
    jobs: tuple[Measured, ...]
    tables: dict[str, list[tuple[Any, ...]]]


class _Meter:
    """Counts statements by SQLAlchemy's event and rows at the driver's cursor."""

    def __init__(self) -> None:
        self.statements = 0
        self.rows = 0

    def on_execute(self, *_: object) -> None:
        self.statements += 1

    def connection_class(meter) -> type[sqlite3.Connection]:
        """A driver's connection whose cursors count the rows that queries bring."""

        class Cursor(sqlite3.Cursor):
            def execute(self, sql: str, parameters: Any = ()) -> Any:
                # An INSERT with RETURNING brings rows, too, but nobody asked for them.
                self.reads = sql.lstrip()[:6].upper() == "SELECT"
                return super().execute(sql, parameters)

            def fetchone(self) -> Any:
                row = super().fetchone()
                meter.rows += self.reads and row is not None
                return row

            def fetchmany(self, size: int | None = None) -> list[Any]:
                rows = super().fetchmany(self.arraysize if size is None else size)
                meter.rows += len(rows) if self.reads else 0
                return rows

            def fetchall(self) -> list[Any]:
                rows = super().fetchall()
                meter.rows += len(rows) if self.reads else 0
                return rows

        class Connection(sqlite3.Connection):
            def cursor(self, factory: Any = Cursor) -> Any:
                return super().cursor(factory)

        return Connection


@contextmanager
def imported(name: str, folder: Path) -> Iterator[ModuleType]:
    """The package in `folder`, imported as `name` and forgotten afterwards."""
    spec = spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None and spec.loader is not None
    package = sys.modules[name] = module_from_spec(spec)
    try:
        spec.loader.exec_module(package)
        yield package
    finally:
        for module in [m for m in sys.modules if m == name or m.startswith(f"{name}.")]:
            del sys.modules[module]


def run_jobs(models: ModuleType, jobs: ModuleType, size: int) -> Run:
    """Every job once, in order, on a new database in memory with `size` rows a table."""
    import sqlalchemy
    from sqlalchemy.pool import StaticPool

    meter = _Meter()
    engine = sqlalchemy.create_engine(
        "sqlite://", connect_args={"factory": meter.connection_class()}, poolclass=StaticPool
    )
    try:
        data.fill(engine, models, size)
        sqlalchemy.event.listen(engine, "before_cursor_execute", meter.on_execute)
        measured = tuple(
            _measure(meter, name, getattr(jobs, name), (engine, *arguments))
            for name, arguments in data.jobs(size).items()
        )
        with engine.connect() as connection:
            tables = {
                table.name: [
                    tuple(row)
                    for row in connection.execute(table.select().order_by(*table.primary_key))
                ]
                for table in models.Base.metadata.sorted_tables
            }
    finally:
        engine.dispose()
    return Run(size, measured, tables)


def _measure(meter: _Meter, name: str, job: Any, arguments: tuple[Any, ...]) -> Measured:
    meter.statements = meter.rows = 0
    start = time.perf_counter()
    try:
        result = job(*arguments)
    except Exception as error:
        result = repr(error)
    seconds = time.perf_counter() - start
    return Measured(name, meter.statements, meter.rows, seconds, result)
