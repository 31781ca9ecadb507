"""Which files can matter, told from their bytes alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

# One `in` a token: an alternation in a regular expression costs ten times as much.
_TOKENS = (
    b"sqlalchemy",
    b"sqlmodel",
    b".query",
    b"relationship(",
    b"Column(",
    b"mapped_column",
    b"select(",
    b".scalars",
    b".Model)",
    b"__tablename__",
    b"sessionmaker",
)
_BASES = re.compile(rb"^[ \t]*class[ \t]+\w+\(([^)]*)\)", re.M)


def worth_reading(data: bytes, name: str = "") -> bool:
    """True if a file may declare or use what SQLAlchemy maps.

    An `__init__.py` that imports anything counts, since it may re-export. A file that fails may
    still define a base class or a helper that others import: `ProjectIndex.missing_modules`
    asks for these, and `may_define` tells which of them to read.
    """
    if name == "__init__.py":
        return b"import" in data or any(token in data for token in _TOKENS)
    return any(token in data for token in _TOKENS)


def may_define(data: bytes, names: Iterable[str], bases: Set[str]) -> bool:
    """True if a file that fails `worth_reading` may matter to a file that imports from it.

    It does if it passes on or assigns one of `names` (constants in capitals left out), or derives
    a class from one of `bases`, the short names of mapped classes and mixins.
    """
    if any(
        base.rpartition(".")[2] in bases
        for written in _BASES.findall(data)
        for base in re.split(r"[\s,]+", written.decode("utf-8", "replace"))
    ):
        return True
    for name in names:
        word = name.encode()
        if name.isupper() or word not in data:
            continue
        if not re.search(rb"^(?:class|def|async def)[ \t]+%b\b" % re.escape(word), data, re.M):
            return True
    return False


def absolute(written: str, module: str, is_package: bool) -> str:
    """The absolute name of a module written with leading dots in an import of `module`."""
    name = written.lstrip(".")
    level = len(written) - len(name)
    if not level:
        return name
    parts = module.split(".")
    keep = len(parts) - level + (1 if is_package else 0)
    return ".".join([*parts[: max(keep, 0)], *([name] if name else [])])
