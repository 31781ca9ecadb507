"""Which files can matter, told from their bytes alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from typing import NamedTuple

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
    b"marshmallow",
    b"pydantic",
    b"fastapi",
    b".Schema)",
    b"AutoSchema)",
    b".all()",
    b".one_or_none(",
    b".paginate(",
    b"session.add",
    b"session.commit(",
    b"session.delete(",
    b"session.execute(",
    b"session.flush(",
    b"session.merge(",
    b"session.refresh(",
    b"session.scalar(",
)
# What `requests` asks for is no class.
_LOOKUP = re.compile(rb"\.get(?:_one)?\(\s*(?:[a-z_]\w*\.)*[A-Z]\w*\s*,")
# What a function calls that renders a template with what its callers give it.
RENDERING = frozenset({
    b"render_template", b"render_template_string", b"get_template", b"select_template",
    b"get_or_select_template", b"TemplateResponse",
})  # fmt: skip
_DEFINED = re.compile(rb"\n(?:class|(?:async[ \t]+)?def)[ \t]+(\w+)")
_IMPORTED = re.compile(rb"\n[ \t]*(?:from[ \t]+([\w.]+)[ \t]+)?import[ \t]+([^\n#]+)")
_WORD = re.compile(rb"[A-Za-z_]\w*")
_BASES = re.compile(rb"\n[ \t]*class[ \t]+\w+[ \t]*\(([^)]*)\)")


def worth_reading(data: bytes, name: str = "") -> bool:
    """True if a file may declare or use what SQLAlchemy maps, or read rows by a schema.

    An `__init__.py` that imports anything counts, since it may re-export. A file that fails may
    still define a base class or a helper that others import: `ProjectIndex.missing_modules`
    asks for these, and `may_define` tells which of them to read.
    """
    if name == "__init__.py" and b"import" in data:
        return True
    if any(token in data for token in _TOKENS):
        return True
    return b".get" in data and b"ession" in data and _LOOKUP.search(data) is not None


class Outline(NamedTuple):
    """A file's bytes, what it defines at its top level, and the short names of classes' bases."""

    data: bytes
    defined: frozenset[bytes]
    bases: frozenset[str]


def outline(data: bytes) -> Outline:
    """What can be told of a file without parsing it."""
    lines = b"\n" + data
    bases = {
        base.rpartition(".")[2]
        for written in (_BASES.findall(lines) if b"class" in data else ())
        for base in re.split(r"[\s,]+", written.decode("utf-8", "replace"))
    }
    return Outline(data, frozenset(_DEFINED.findall(lines)), frozenset(bases))


def may_define(file: Outline, names: Iterable[str], bases: Set[str]) -> bool:
    """True if a file that fails `worth_reading` may matter to a file that imports from it.

    It does if it passes on or assigns one of `names` (constants in capitals left out), or derives
    a class from one of `bases`, the short names of mapped classes and mixins.
    """
    if not file.bases.isdisjoint(bases):
        return True
    words = (name.encode() for name in names if not name.isupper())
    return any(word not in file.defined and word in file.data for word in words)


def imports(data: bytes, module: str, is_package: bool) -> frozenset[str]:
    """The full names of what a file imports, as far as one line of it tells."""
    found = set()
    for origin, name in _IMPORTED.findall(b"\n" + data):
        if origin:
            home = absolute(origin.decode("utf-8", "replace"), module, is_package)
            names = name.decode("utf-8", "replace").replace("(", " ").split(",")
            found |= {home, *(f"{home}.{item.split()[0]}" for item in names if item.strip())}
        else:
            found |= {
                item.split()[0] for item in name.decode("utf-8", "replace").split(",") if item
            }
    return frozenset(found)


def mentions(data: bytes, names: Set[bytes]) -> bool:
    """True if one of the names is a word of the file."""
    return not names.isdisjoint(_WORD.findall(data))


def absolute(written: str, module: str, is_package: bool) -> str:
    """The absolute name of a module written with leading dots in an import of `module`."""
    name = written.lstrip(".")
    level = len(written) - len(name)
    if not level:
        return name
    parts = module.split(".")
    keep = len(parts) - level + (1 if is_package else 0)
    return ".".join([*parts[: max(keep, 0)], *([name] if name else [])])
