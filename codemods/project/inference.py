"""What a project says about itself without being asked: its SQLAlchemy, Python and databases."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from codemods.project.dependencies import Declared, declared
from codemods.project.discovery import Disk
from codemods.project.versions import KNOWN_SQLALCHEMY, allowed, lowest_python
from codemods.settings import DATABASES, Settings

# MySQL's drivers serve MariaDB as well, and the other way round.
_MYSQL = ("mysql", "mariadb")
_DRIVERS = {
    "psycopg2": ("postgresql",),
    "psycopg2-binary": ("postgresql",),
    "psycopg": ("postgresql",),
    "psycopg-binary": ("postgresql",),
    "asyncpg": ("postgresql",),
    "pg8000": ("postgresql",),
    "pymysql": _MYSQL,
    "mysqlclient": _MYSQL,
    "mysql-connector-python": _MYSQL,
    "aiomysql": _MYSQL,
    "asyncmy": _MYSQL,
    "mariadb": _MYSQL,
    "aiosqlite": ("sqlite",),
    "cx-oracle": ("oracle",),
    "oracledb": ("oracle",),
    "pyodbc": ("mssql",),
    "pymssql": ("mssql",),
}
_DATABASES_OF = {
    "postgresql": ("postgresql",),
    "postgres": ("postgresql",),
    "postgis": ("postgresql",),
    "sqlite": ("sqlite",),
    "mysql": _MYSQL,
    "mariadb": _MYSQL,
    "oracle": ("oracle",),
    "mssql": ("mssql",),
}
_SCHEME = re.compile(rb"\b(postgres(?:ql)?|sqlite|mysql|mariadb|oracle|mssql)(?:\+\w+)?$")
_DIALECT = re.compile(
    rb"sqlalchemy\.dialects(?:\.| import )\(?\s*(postgresql|sqlite|mysql|mariadb|oracle|mssql)\b"
)
_IMAGE = re.compile(
    rb"(?:^|\s)(?:image:|FROM)\s*[\"']?(?:[\w.-]+/)*(postgres|postgis|mysql|mariadb)\b"
)
_SUFFIXES = (".ini", ".toml", ".cfg", ".env", ".yml", ".yaml", ".conf")
_NAMES = ("Dockerfile", ".flaskenv")
_LARGEST = 256 * 1024
_TEST = re.compile(r"(?:^|/)(?:tests?|testing|conftest\.py$|test_[^/]*$|[^/]*_test\.py$)(?:/|$)?")


def infer(root: Path, settings: Settings, missing: Iterable[str], disk: Disk) -> Settings:
    """`settings` with those of `missing` that the project tells.

    Args:
        missing: any of `sqlalchemy`, `python` and `database`.
        disk: what reads the project's files.
    """
    found = declared(root)
    wanted = set(missing)
    if "sqlalchemy" in wanted:
        settings = replace(settings, sqlalchemy=_sqlalchemy(found))
    if "python" in wanted:
        settings = replace(settings, python=_python(found) or settings.python)
    if "database" in wanted:
        settings = replace(settings, database=_databases(root, settings, found, disk))
    return settings


def _sqlalchemy(found: Declared) -> tuple[tuple[int, int], tuple[int, int]]:
    """What every declared range allows, or what any does where they exclude each other."""
    ranges = [set(allowed(text, KNOWN_SQLALCHEMY)) for text in found.ranges("sqlalchemy")]
    ranges = [versions for versions in ranges if versions]
    everything = set(KNOWN_SQLALCHEMY)
    common = everything.intersection(*ranges) or everything.intersection(set().union(*ranges))
    return min(common), max(common)


def _python(found: Declared) -> tuple[int, int] | None:
    lowest = [version for text in found.pythons if (version := lowest_python(text))]
    if lowest:
        return max(lowest)
    classifiers = [(3, minor) for minor in found.classified]
    return min(classifiers, default=None)


def _databases(root: Path, settings: Settings, found: Declared, disk: Disk) -> tuple[str, ...]:
    """Every database that a driver, a URL, a dialect's import or a container speaks of.

    SQLite needs no driver, so that one named only by tests says nothing about production.
    """
    names = {name for driver in found.names & set(_DRIVERS) for name in _DRIVERS[driver]}
    only_tests: set[str] = set()
    for path in disk.files(root, settings):
        if mentioned := _mentioned(_read(path, disk)):
            relative = path.relative_to(root).as_posix()
            (only_tests if _TEST.search(relative) else names).update(mentioned)
    for path in _configuration_files(root):
        names |= _mentioned(_read(path, disk), images=True)
    names |= only_tests - ({"sqlite"} if not names else set())
    return tuple(name for name in DATABASES if name in names)


def _read(path: Path, disk: Disk) -> bytes:
    try:
        return disk.read(path)
    except OSError:
        return b""


def _mentioned(data: bytes, *, images: bool = False) -> set[str]:
    # Bytes are searched for first: an alternation over a large project takes ten times as long.
    names = {match.group(1) for head in _before_slashes(data) if (match := _SCHEME.search(head))}
    if b"sqlalchemy.dialects" in data:
        names.update(_DIALECT.findall(data))
    if images:
        names.update(_IMAGE.findall(data))
    return {database for name in names for database in _DATABASES_OF[name.decode()]}


def _before_slashes(data: bytes) -> Iterator[bytes]:
    """What stands before each `://`."""
    position = data.find(b"://")
    while position >= 0:
        yield data[max(position - 30, 0) : position]
        position = data.find(b"://", position + 3)


def _configuration_files(root: Path) -> Iterator[Path]:
    """Small files at the root and in the folders right below it that may hold a URL."""
    for folder, depth in _folders(root):
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except OSError:
            continue
        for entry in entries:
            named = entry.name in _NAMES or entry.name.startswith(".env")
            if not (named or entry.name.endswith(_SUFFIXES)) or depth > 1:
                continue
            if entry.is_file(follow_symlinks=False) and entry.stat().st_size <= _LARGEST:
                yield Path(entry.path)


def _folders(root: Path) -> Iterator[tuple[Path, int]]:
    yield root, 0
    try:
        with os.scandir(root) as listing:
            inner = [Path(e.path) for e in listing if e.is_dir(follow_symlinks=False)]
    except OSError:
        return
    for folder in sorted(inner):
        if folder.name not in (".git", ".venv", "venv", "node_modules"):
            yield folder, 1
