"""Alembic revisions for the indexes that fixes add to models.

The revisions that are there are read, and not imported: they are the project's code.
"""

from __future__ import annotations

import ast
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config

    from codemods.finding import Finding, NewIndex

_MESSAGE = "add indexes"
_TEMPLATE = "script.py.mako"
_FILE = "%(rev)s_%(slug)s"


class MigrationError(Exception):
    """A folder that is no migration environment, or Alembic is not there."""


@dataclass(frozen=True)
class Revision:
    """A revision that is there, and those that it follows."""

    path: Path
    name: str
    below: tuple[str, ...]


def added(findings: Iterable[Finding]) -> tuple[NewIndex, ...]:
    """The indexes that the fixes of findings add, each once."""
    fixes = (finding.fix for finding in findings)
    found = (fix.index for fix in fixes if fix is not None and fix.index is not None)
    return tuple(dict.fromkeys(found))


class Migrations:
    """The migrations of a project.

    Args:
        folder: that with `env.py` and `versions`, or the one with `alembic.ini`.

    Raises:
        MigrationError: where no revision can be written there.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._config = _config(folder.resolve())
        except ImportError as error:
            text = "--alembic needs Alembic: pip install 'minusn[alembic]'"
            raise MigrationError(text) from error
        self._scripts = Path(self._config.get_main_option("script_location") or folder)
        if not (self._scripts / _TEMPLATE).is_file():
            raise MigrationError(f"{folder} has no {_TEMPLATE}: it is no Alembic environment")
        self._revisions = tuple(_revisions(self._folders()))

    def _folders(self) -> list[Path]:
        """Where the revisions are."""
        written = self._config.get_main_option("version_locations") or ""
        here = Path(self._config.config_file_name or ".").resolve().parent
        places = [here / part for part in re.split(r"[\s,;]+|(?<!^[A-Za-z]):", written) if part]
        return [place for place in places if place.is_dir()] or [self._scripts / "versions"]

    @property
    def heads(self) -> list[Revision]:
        """The revisions that no other one follows, by name."""
        followed = {name for revision in self._revisions for name in revision.below}
        heads = (revision for revision in self._revisions if revision.name not in followed)
        return sorted(heads, key=lambda revision: revision.name)

    def told(self, applied: Iterable[Finding]) -> str:
        """Write a revision for what was applied, if any of it is an index, and say so."""
        indexes = added(applied)
        if not indexes:
            return "No index was added to a table whose name is known, and no revision written."
        return f"Wrote {self.write(indexes)}."

    def write(self, indexes: Sequence[NewIndex]) -> Path:
        """Write a revision that creates the indexes, and drops them in the other direction.

        It follows the first head; of several heads it depends on the others, since any of them
        may have made a table.
        """
        from alembic import util

        heads, name, now = self.heads, uuid.uuid4().hex[-12:], datetime.now()
        folder = heads[0].path.parent if heads else self._folders()[0]
        folder.mkdir(exist_ok=True)
        path = folder / f"{self._file(name, now)}.py"
        util.template_to_file(
            str(self._scripts / _TEMPLATE),
            str(path),
            self._config.get_main_option("output_encoding") or "utf-8",
            up_revision=name,
            down_revision=heads[0].name if heads else None,
            branch_labels=None,
            depends_on=[head.name for head in heads[1:]] or None,
            create_date=now,
            comma=util.format_as_comma,
            message=_MESSAGE,
            imports="",
            upgrades=_lines(map(_created, indexes)),
            downgrades=_lines(map(_dropped, reversed(indexes))),
            config=self._config,
        )
        return path

    def _file(self, name: str, now: datetime) -> str:
        given = self._config.get_main_option("file_template") or _FILE
        values = {
            "rev": name, "slug": _MESSAGE.replace(" ", "_"), "epoch": int(now.timestamp()),
            "year": now.year, "month": now.month, "day": now.day, "hour": now.hour,
            "minute": now.minute, "second": now.second,
        }  # fmt: skip
        try:
            return str(given % values)
        except (KeyError, ValueError, TypeError):
            return _FILE % values


def _revisions(folders: Iterable[Path]) -> Iterator[Revision]:
    """What the files of revisions say of themselves."""
    for path in sorted(path for folder in folders for path in folder.rglob("*.py")):
        try:
            tree = ast.parse(path.read_bytes())
        except (SyntaxError, ValueError, OSError):
            continue
        said = dict(_assigned(tree))
        name, below = said.get("revision"), said.get("down_revision")
        if isinstance(name, str):
            several = below if isinstance(below, tuple | list) else (below,)
            yield Revision(path, name, tuple(one for one in several if isinstance(one, str)))


def _assigned(tree: ast.Module) -> Iterator[tuple[str, object]]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                pass
            case _:
                continue
        try:
            yield name, ast.literal_eval(value)
        except ValueError:
            continue


def _config(folder: Path) -> Config:
    """The settings of the environment, with those of an `alembic.ini` that is about it."""
    from alembic.config import Config

    for place in (folder, folder.parent, Path.cwd()):
        file = place / "alembic.ini"
        if not file.is_file():
            continue
        config = Config(str(file))
        location = config.get_main_option("script_location")
        if location is None or ":" in location:
            continue
        scripts = (place / location).resolve()
        if scripts == folder or (place == folder and scripts.is_dir()):
            # a path that is not absolute is meant from where the file is
            config.set_main_option("script_location", str(scripts).replace("%", "%%"))
            return config
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return config


def _lines(statements: Iterable[str]) -> str:
    return "\n    ".join(statements)


def _created(index: NewIndex) -> str:
    columns = ", ".join(map(_text, index.columns))
    return f"op.create_index({_name(index)}, {_text(index.table)}, [{columns}]{_schema(index)})"


def _dropped(index: NewIndex) -> str:
    return f"op.drop_index({_name(index)}, table_name={_text(index.table)}{_schema(index)})"


def _name(index: NewIndex) -> str:
    # What a convention has made is not to be put through it again.
    return f"op.f({_text(index.name)})" if index.conventional else _text(index.name)


def _schema(index: NewIndex) -> str:
    return f", schema={_text(index.schema)}" if index.schema else ""


def _text(value: str) -> str:
    written = repr(value)
    return f'"{value}"' if written == f"'{value}'" and '"' not in value else written
