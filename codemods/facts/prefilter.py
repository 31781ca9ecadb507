"""Which files can matter, told from their bytes alone."""

from __future__ import annotations

import re

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
_IMPORT = re.compile(
    rb"^[ \t\f]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+\(?([^#\r\n]*)|import[ \t]+([^#;\r\n]+))",
    re.M,
)


def worth_reading(data: bytes, name: str = "") -> bool:
    """True if a file may declare or use what SQLAlchemy maps.

    An `__init__.py` that imports anything counts, since it may re-export. A file that fails may
    still define a base class or a helper that others import: `ProjectIndex.missing_modules`
    asks for these. A file that fails may use rows that others fetch: `ProjectIndex.concerns`
    tells from its `quick_imports`.
    """
    if name == "__init__.py":
        return b"import" in data or any(token in data for token in _TOKENS)
    return any(token in data for token in _TOKENS)


def quick_imports(data: bytes, module: str, is_package: bool) -> frozenset[str]:
    """The dotted names of modules that the bytes of a file seem to import, without parsing."""
    found = set()
    for origin, names, plain in _IMPORT.findall(data):
        if plain:
            for part in plain.decode("utf-8", "replace").split(","):
                words = part.split()
                if words:
                    found.add(words[0])
            continue
        base = absolute(origin.decode("utf-8", "replace"), module, is_package)
        found.add(base)
        for part in names.decode("utf-8", "replace").strip("()\\ \t").split(","):
            words = part.split()
            if words and base:
                found.add(f"{base}.{words[0]}")
    return frozenset(found)


def absolute(written: str, module: str, is_package: bool) -> str:
    """The absolute name of a module written with leading dots in an import of `module`."""
    name = written.lstrip(".")
    level = len(written) - len(name)
    if not level:
        return name
    parts = module.split(".")
    keep = len(parts) - level + (1 if is_package else 0)
    return ".".join([*parts[: max(keep, 0)], *([name] if name else [])])
