"""Databases that scenarios run on: made, filled and restored between two runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path
from types import TracebackType
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

VERSION = tuple(int(part) for part in sa.__version__.split(".")[:2])

# Every row of every table.
State: TypeAlias = dict[str, list[tuple[Any, ...]]]

_READS = ("SELECT", "WITH", "VALUES")


class _Cursor:
    """A cursor that counts the rows which are taken from it."""

    def __init__(self, cursor: Any, counter: StatementCounter) -> None:
        self._cursor = cursor
        self._counter = counter

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def fetchone(self) -> Any:
        row = self._cursor.fetchone()
        self._counter.rows += row is not None
        return row

    def fetchmany(self, *size: int) -> Any:
        return self._counted(self._cursor.fetchmany(*size))

    def fetchall(self) -> Any:
        return self._counted(self._cursor.fetchall())

    def _counted(self, rows: Any) -> Any:
        self._counter.rows += len(rows)
        return rows


class StatementCounter:
    """Records the statements that an engine sends, inside a `with` block.

    Args:
        engine: a synchronous engine; `async_engine.sync_engine` of an asynchronous one.

    Attributes:
        rows: how many rows the program has taken from the results.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.statements: list[str] = []
        self.rows = 0

    @property
    def queries(self) -> int:
        """How many statements read."""
        return sum(statement.startswith(_READS) for statement in self.statements)

    @property
    def writes(self) -> int:
        """How many statements did anything else."""
        return len(self.statements) - self.queries

    def __enter__(self) -> StatementCounter:
        event.listen(self.engine, "before_cursor_execute", self._record)
        event.listen(self.engine, "after_cursor_execute", self._watch)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        event.remove(self.engine, "before_cursor_execute", self._record)
        event.remove(self.engine, "after_cursor_execute", self._watch)

    def _watch(
        self,
        connection: Connection,
        cursor: Any,
        statement: str,
        parameters: Any,
        context: Any,
        executemany: bool,
    ) -> None:
        if statement.lstrip().startswith(_READS):
            context.cursor = _Cursor(context.cursor, self)

    def _record(
        self,
        connection: Connection,
        cursor: Any,
        statement: str,
        parameters: Any,
        context: Any,
        executemany: bool,
    ) -> None:
        self.statements.append(" ".join(statement.split()))


class Database:
    """One place for tables: an SQLite file, or a schema on a PostgreSQL server.

    Args:
        url: the server's address, or `sqlite:///path` of the file.
        schema: on PostgreSQL, the schema that every connection uses.
    """

    def __init__(self, url: str, schema: str | None = None) -> None:
        self.url = sa.engine.make_url(url)
        self.schema = schema
        self.backend = self.url.get_backend_name()
        self._restore: Callable[[], None] | None = None
        self._filled: dict[frozenset[str], State] = {}

    def address(self, asynchronous: bool = False) -> str:
        """The URL with a driver that the running SQLAlchemy has."""
        if self.backend == "sqlite":
            driver = "sqlite+aiosqlite" if asynchronous else "sqlite"
        elif VERSION >= (2, 0):
            driver = "postgresql+psycopg"
        else:
            driver = "postgresql+asyncpg" if asynchronous else "postgresql+psycopg2"
        return self.url.set(drivername=driver).render_as_string(hide_password=False)

    def engine(self) -> Engine:
        return self.adopt(sa.create_engine(self.address(), future=True))

    def async_engine(self) -> Any:
        from sqlalchemy.ext.asyncio import create_async_engine

        engine = create_async_engine(self.address(asynchronous=True))
        self.adopt(engine.sync_engine)
        return engine

    def adopt(self, engine: Engine) -> Engine:
        """Make every connection of `engine` use this database."""

        def prepare(connection: Any, _: Any) -> None:
            cursor = connection.cursor()
            if self.backend == "sqlite":
                cursor.execute("PRAGMA synchronous = OFF")
            else:
                cursor.execute(f"SET search_path TO {self.schema}")
            cursor.close()
            connection.commit()

        event.listen(engine, "connect", prepare)
        return engine

    def create(self, metadata: sa.MetaData, seed: Callable[[Session], object]) -> None:
        """Make the tables anew and fill them. `restore` brings this state back."""

        def make() -> None:
            engine = self.engine()
            self._empty(engine)
            metadata.create_all(engine)
            with Session(engine, future=True) as session:
                seed(session)
                session.commit()
            engine.dispose()

        self._filled.clear()
        make()
        if self.backend == "sqlite":
            path, saved = self._file(), self._file().with_suffix(".saved")
            shutil.copyfile(path, saved)
            self._restore = lambda: _copy(saved, path)
        else:
            self._restore = make

    def restore(self) -> None:
        """Bring back what `create` made."""
        assert self._restore, "nothing was created"
        self._restore()

    def drop(self) -> None:
        """Remove the tables and what holds them."""
        if self.backend == "sqlite":
            self._file().unlink(missing_ok=True)
            self._file().with_suffix(".saved").unlink(missing_ok=True)
            return
        engine = sa.create_engine(self.address(), future=True)
        with engine.begin() as connection:
            connection.execute(sa.text(f"DROP SCHEMA IF EXISTS {self.schema} CASCADE"))
        engine.dispose()

    def filled(self, metadata: sa.MetaData) -> State:
        """What `dump` gives where nothing was written since `create` or `restore`."""
        names = frozenset(metadata.tables)
        if names not in self._filled:
            self._filled[names] = self.dump(metadata)
        return self._filled[names]

    def dump(self, metadata: sa.MetaData) -> State:
        """Every row of every table, sorted."""
        engine = self.engine()
        with engine.connect() as connection:
            rows = {
                table.name: sorted(
                    (
                        tuple(row)
                        for row in connection.execute(sa.text(f'SELECT * FROM "{table.name}"'))
                    ),
                    key=repr,
                )
                for table in metadata.sorted_tables
            }
        engine.dispose()
        return rows

    def _file(self) -> Path:
        return Path(str(self.url.database))

    def _empty(self, engine: Engine) -> None:
        if self.backend == "sqlite":
            self._file().unlink(missing_ok=True)
            return
        with engine.begin() as connection:
            connection.execute(sa.text(f"DROP SCHEMA IF EXISTS {self.schema} CASCADE"))
            connection.execute(sa.text(f"CREATE SCHEMA {self.schema}"))


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


class Server:
    """Makes databases and keeps those that many cases share.

    Args:
        url: `sqlite://`, or the address of a PostgreSQL server where schemas may be made.
        folder: where SQLite files go.
        prefix: begins the name of every schema, so that two runs do not meet.
    """

    def __init__(self, url: str, folder: Path, prefix: str) -> None:
        self.url = url
        self.folder = folder
        self.prefix = prefix
        self._kept: dict[str, Database] = {}
        self._made: list[Database] = []

    @property
    def backend(self) -> str:
        return sa.engine.make_url(self.url).get_backend_name()

    def database(
        self,
        name: str,
        metadata: sa.MetaData,
        seed: Callable[[Session], object],
        keep: bool = False,
    ) -> Database:
        """A database with the tables of `metadata`, filled by `seed`.

        With `keep` it is made once for all that ask for `name`, who `restore` it after writing.
        """
        if name in self._kept:
            return self._kept[name]
        label = f"{self.prefix}_{sha1(name.encode()).hexdigest()[:12]}"
        if self.backend == "sqlite":
            database = Database(f"sqlite:///{self.folder / label}.db")
        else:
            database = Database(self.url, schema=label)
        self._made.append(database)
        database.create(metadata, seed)
        if keep:
            self._kept[name] = database
        return database

    def close(self) -> None:
        """Drop every database that was made."""
        for database in self._made:
            database.drop()
