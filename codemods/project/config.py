"""`[tool.minusn]`: read, checked, and completed with what the project itself says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codemods.settings import DATABASES, Settings

if TYPE_CHECKING:
    from codemods.project.discovery import Disk

_HEADER = re.compile(r"^\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*(?:"([^"]+)"|'([^']+)'|([\w-]+))\s*[=.]""")


class ConfigurationError(Exception):
    """A setting that cannot be used: in which file, in which line, and what to do."""

    def __init__(self, path: Path, row: int | None, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.row = row
        self.message = message


def load_settings(root: Path, disk: Disk | None = None) -> Settings:
    """The settings of the project at `root`, the missing ones read off the project.

    Args:
        disk: what reads the project's files, and remembers them.

    Raises:
        ConfigurationError: where the file is not TOML, or a setting is unknown or wrong.
    """
    from codemods.project.discovery import Disk
    from codemods.project.inference import infer

    path = root / "pyproject.toml"
    table = _table(path)
    settings = _configured(path, table)
    missing = {"sqlalchemy", "python", "database"} - set(table)
    return infer(root, settings, missing, disk or Disk()) if missing else settings


def row_of(root: Path, key: str) -> int | None:
    """The line of `root`'s `pyproject.toml` that sets `key` of `[tool.minusn]`."""
    return _row(root / "pyproject.toml", key)


def _table(path: Path) -> dict[str, Any]:
    import tomllib

    if not path.is_file():
        return {}
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        row = int(found.group(1)) if found else None
        raise ConfigurationError(path, row, f"this is not valid TOML: {error}") from error
    except UnicodeDecodeError as error:
        row = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(path, row, f"this is not UTF-8: {error.reason}") from error
    except OSError as error:
        raise ConfigurationError(path, None, f"cannot be read: {error.strerror}") from error
    table = document.get("tool", {})
    table = table.get("minusn", {}) if isinstance(table, dict) else {}
    if not isinstance(table, dict):
        raise ConfigurationError(path, None, "`tool.minusn` must be a table")
    return table


def _configured(path: Path, table: Mapping[str, Any]) -> Settings:
    values: dict[str, Any] = {}
    for key, value in table.items():
        reader = _READERS.get(key)
        if reader is None:
            raise ConfigurationError(path, _row(path, key), _unknown(key))
        try:
            values[key.replace("-", "_")] = reader(value)
        except ValueError as error:
            raise ConfigurationError(path, _row(path, key), f"`{key}` {error}") from error
    return replace(Settings(), **values)


def _unknown(key: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(key.replace("_", "-").lower(), _READERS, n=1, cutoff=0.6)
    if close:
        return f"unknown setting `{key}`; did you mean `{close[0]}`?"
    return f"unknown setting `{key}`; there are {', '.join(f'`{name}`' for name in _READERS)}"


def _row(path: Path, key: str) -> int | None:
    """Where the key stands; the header of the table if it cannot be found."""
    table, header = "", None
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    for row, line in enumerate(lines, 1):
        if match := _HEADER.match(line):
            table = re.sub(r"[\s\"']", "", match.group(1))
            if table == f"tool.minusn.{key}":
                return row
            if table == "tool.minusn":
                header = row
        elif table == "tool.minusn" and (match := _KEY.match(line)) and key in match.groups():
            return row
    return header


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ValueError('must be a list of strings, such as ["one", "two"]')
    return tuple(value)


def _databases(value: object) -> tuple[str, ...]:
    from difflib import get_close_matches

    names = _strings(value)
    for name in names:
        if name not in DATABASES:
            close = get_close_matches(name.lower(), DATABASES, n=1, cutoff=0.5)
            hint = f"; did you mean `{close[0]}`?" if close else ""
            raise ValueError(f"has no database `{name}`, only {', '.join(DATABASES)}{hint}")
    return names


def _number(least: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise ValueError(f"must be a whole number of at least {least}")
        return value

    return read


def _to_one(value: object) -> str:
    if value not in ("selectin", "joined"):
        raise ValueError('must be "selectin" or "joined"')
    return str(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _sqlalchemy(value: object) -> tuple[tuple[int, int], tuple[int, int]]:
    from codemods.project.versions import sqlalchemy_range

    if not isinstance(value, str):
        raise ValueError('must be a version or a range, such as "2.0" or ">=1.4,<2.1"')
    found = sqlalchemy_range(value)
    if found is None:
        raise ValueError(f'"{value}" takes in no version from 1.4 to 2.1; write for example "2.0"')
    return found


def _python(value: object) -> tuple[int, int]:
    from codemods.project.versions import lowest_python

    found = lowest_python(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError('must be a version or a range, such as "3.11" or ">=3.9"')
    return found


def _sizes(value: object) -> tuple[tuple[str, int], ...]:
    if not isinstance(value, dict):
        raise ValueError("must be a table of numbers, such as { orders = 1000 }")
    for name, size in value.items():
        if not isinstance(size, int) or isinstance(size, bool) or size < 0:
            raise ValueError(f"of `{name}` must be a whole number of at least 0")
    return tuple(value.items())


def _per_file(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, dict):
        raise ValueError('must be a table of lists, such as { "tests/*" = ["MN101"] }')
    try:
        return tuple((pattern, _strings(rules)) for pattern, rules in value.items())
    except ValueError as error:
        raise ValueError(f"must have a list of rules for every pattern: it {error}") from error


_READERS: Mapping[str, Callable[[object], object]] = {
    "include": _strings,
    "exclude": _strings,
    "select": _strings,
    "ignore": _strings,
    "per-file-ignores": _per_file,
    "batch-size": _number(1),
    "to-one": _to_one,
    "max-joins": _number(0),
    "share-options": _flag,
    "sqlalchemy": _sqlalchemy,
    "database": _databases,
    "python": _python,
    "sizes": _sizes,
}
