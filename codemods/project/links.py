"""Tables between two classes: whether they hold each pair of rows once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from codemods.facts.symbols import Call, Constant, Lambda, Name, Symbol, text_of, truth_of
from codemods.project.classes import Classes
from codemods.project.declared import RawRelationship
from codemods.project.drafts import Draft

_KEYS = frozenset({"UniqueConstraint", "PrimaryKeyConstraint"})


@dataclass
class Links:
    """The tables that relationships name as `secondary`."""

    classes: Classes
    drafts: Mapping[str, Draft]

    def told_apart(self, draft: Draft, raw: RawRelationship) -> bool:
        """True if a key makes the pairs of a relationship's `secondary` unique."""
        written = raw.call.keyword("secondary") or raw.call.argument(1, "secondary")
        if isinstance(written, Lambda):
            written = written.body
        if isinstance(written, Name):
            dotted = written.dotted.removesuffix(".__table__")
            full = self.classes.resolve(raw.facts, dotted, draft.qualname)
            if full is None:
                return False
            if full in self.drafts:
                return _pairs(*_of_class(self.drafts[full]))
            value = self.classes.value(full)
            return value is not None and _is_told(value.value)
        name = text_of(written) if isinstance(written, Constant) else None
        if name is None:
            return False
        mapped = [item for item in self.drafts.values() if name in (item.table, item.name)]
        if mapped:
            return all(_pairs(*_of_class(item)) for item in mapped)
        return bool(self._tables.get(name)) and all(map(_is_told, self._tables[name]))

    @cached_property
    def _tables(self) -> dict[str, list[Symbol]]:
        """The `Table(…)` of each table's name, and of each variable's."""
        found: dict[str, list[Symbol]] = {}
        for facts in self.classes.linker.modules.values():
            for variable, value in facts.values.items():
                made = value.value
                if isinstance(made, Call) and _last(made) == "Table":
                    schema, own = text_of(made.keyword("schema")), text_of(made.argument(0, "name"))
                    names = {variable, own, f"{schema}.{own}" if schema else own}
                    for name in names:
                        if name is not None:
                            found.setdefault(name, []).append(made)
        return found


def _last(call: Call) -> str:
    return call.func.rpartition(".")[2]


def _is_told(made: Symbol | None) -> bool:
    if not isinstance(made, Call) or _last(made) != "Table":
        return False
    parts = [part for part in made.arguments[1:] if isinstance(part, Call)]
    return _pairs(_linking(parts), _keys(parts))


def _pairs(linking: frozenset[str], keys: Iterable[frozenset[str]]) -> bool:
    """True if a key consists of one or two of the columns that lead to other tables."""
    return any(key and len(key) <= 2 and key <= linking for key in keys)


def _linking(parts: Iterable[Call]) -> frozenset[str]:
    return frozenset(
        name
        for part in parts
        if (name := text_of(part.argument(0, "name"))) is not None
        and any(isinstance(each, Call) and _last(each) == "ForeignKey" for each in part.arguments)
    )


def _keys(parts: Iterable[Call]) -> Iterator[frozenset[str]]:
    primary = set()
    for part in parts:
        if _last(part) in _KEYS:
            yield _named(part.arguments)
        elif _last(part) == "Index" and truth_of(part.keyword("unique"), False) is True:
            yield _named(part.arguments[1:])
        elif truth_of(part.keyword("primary_key"), False) is not False:
            primary.add(text_of(part.argument(0, "name")) or "")
        elif truth_of(part.keyword("unique"), False) is True:
            yield _named(part.arguments[:1])
    yield frozenset(primary)


def _named(arguments: Iterable[Symbol]) -> frozenset[str]:
    return frozenset(text_of(argument) or "" for argument in arguments)


def _of_class(draft: Draft) -> tuple[frozenset[str], list[frozenset[str]]]:
    """The columns of a mapped class that lead to other tables, and its keys."""
    columns = draft.columns
    linking = frozenset(name for name, column in columns.items() if column.foreign_key)
    stored = {column.column_name or name: name for name, column in columns.items()}
    keys = [frozenset(name for name, column in columns.items() if column.primary_key)]
    keys += [frozenset({name}) for name, column in columns.items() if column.unique]
    for constraint in draft.constraints:
        if constraint.kind in _KEYS:
            names = _named(constraint.call.arguments)
            keys.append(frozenset(stored.get(name, "") for name in names))
    return linking, keys
