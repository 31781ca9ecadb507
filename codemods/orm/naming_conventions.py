"""The name that SQLAlchemy gives an index: by the metadata's `naming_convention`, or its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from codemods.facts.symbols import Call, Name, Pairs, Symbol, text_of

if TYPE_CHECKING:
    from codemods.facts.values import ModuleFacts
    from codemods.orm.declaration import Declaration
    from codemods.project.index import ProjectIndex

_DEFAULT = "ix_%(column_0_label)s"
_TOKEN = re.compile(r"%\((\w+)\)s")


def index_name(declaration: Declaration, table: str, columns: tuple[str, ...]) -> str | None:
    """The name of an index that is given none; None where the convention cannot be read."""
    convention = _convention(declaration)
    if convention is None:
        return None
    label = f"{table}_{columns[0]}"
    known = {
        "table_name": table,
        "column_0_name": columns[0],
        "column_0_label": label,
        "column_0_key": columns[0],
        "column_0N_name": "".join(columns),
        "column_0_N_name": "_".join(columns),
        "column_0N_label": "".join(f"{table}_{name}" for name in columns),
        "column_0_N_label": "_".join(f"{table}_{name}" for name in columns),
    }
    if any(token not in known for token in _TOKEN.findall(convention)):
        return None
    return _TOKEN.sub(lambda match: known[match[1]], convention)


def _convention(declaration: Declaration) -> str | None:
    """The convention for indexes that a project's one metadata has."""
    found: set[str | None] = set()
    for facts in declaration.index.modules.values():
        values = [*facts.values.values()]
        values += [v for item in facts.classes.values() for v in item.attributes.values()]
        for value in values:
            given = _given(declaration.index, facts, value.value)
            if given is not None:
                found.add(_index(declaration.index, facts, given))
    if not found:
        return _DEFAULT
    return found.pop() if len(found) == 1 else None


def _given(index: ProjectIndex, facts: ModuleFacts, made: Symbol | None) -> Symbol | None:
    """What `MetaData(naming_convention=…)` is given, also within `SQLAlchemy(metadata=…)`."""
    if not isinstance(made, Call):
        return None
    last = made.func.rpartition(".")[2]
    if last == "MetaData":
        return made.keyword("naming_convention")
    inner = made.keyword("metadata")
    return _given(index, facts, inner) if isinstance(inner, Call) else None


def _index(index: ProjectIndex, facts: ModuleFacts, given: Symbol) -> str | None:
    """The convention for indexes of a dict, which may have a name."""
    if isinstance(given, Name):
        full = index.resolve(facts, given.dotted)
        value = index.value(full) if full is not None else None
        given = value.value if value is not None and value.value is not None else given
    if not isinstance(given, Pairs) or any(key is None for key, _ in given.pairs):
        return None
    convention = given.get("ix")
    return _DEFAULT if convention is None else text_of(convention)
