"""What the primary key, the unique constraints and the indexes of a table begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from codemods.facts.symbols import Call, Name, Symbol, text_of, truth_of
from codemods.facts.values import CallFacts, ModuleFacts
from codemods.project.drafts import Draft

_SORTING = frozenset({"asc", "desc", "nulls_first", "nulls_last", "nullsfirst", "nullslast"})
_KEYS = frozenset({"UniqueConstraint", "PrimaryKeyConstraint"})

# The full name of what a dotted name of a module is.
Resolve = Callable[[ModuleFacts, str], str | None]


@dataclass(frozen=True)
class OuterIndex:
    """An `Index(…)` outside of a class body: the full name of a class, and names of columns.

    `unique` is True where no two rows have the same in them.
    """

    owner: str
    names: tuple[str, ...]
    unique: bool


def outer_indexes(
    calls: Iterable[tuple[ModuleFacts, CallFacts]], resolve: Resolve
) -> Iterator[OuterIndex]:
    """The indexes that modules make of the attributes of classes."""
    for facts, item in calls:
        if item.call.func.rpartition(".")[2] != "Index":
            continue
        owners, names = set(), []
        for argument in item.call.arguments[1:]:
            dotted = _dotted(argument)
            full = resolve(facts, dotted) if dotted is not None else None
            owner, _, name = (full or "").rpartition(".")
            owners.add(owner.removesuffix(".__table__.c"))
            names.append(name)
        if len(owners) == 1:
            yield OuterIndex(owners.pop(), tuple(names), is_unique(item.call))


def is_unique(index: Call) -> bool:
    """True for a unique index over all rows."""
    partial = any(key is None or key.endswith("_where") for key, _ in index.keywords)
    return truth_of(index.keyword("unique"), False) is True and not partial


def indexes(draft: Draft, outer: Iterable[OuterIndex]) -> tuple[tuple[str, ...], ...]:
    """The attributes of each key and index, in order, up to the first that is no plain column."""
    found = [tuple(name for name, column in draft.columns.items() if column.primary_key)]
    for name, column in draft.columns.items():
        if column.unique or column.index:
            found.append((name,))
    for constraint in draft.constraints:
        arguments = constraint.call.arguments
        if constraint.kind == "Index":
            arguments = arguments[1:]
        elif constraint.kind not in _KEYS:
            continue
        dotted = [_dotted(argument) for argument in arguments]
        found.append(tuple(_attributes(draft, dotted)))
    found += [tuple(_attributes(draft, index.names)) for index in outer]
    return tuple(dict.fromkeys(names for names in found if names))


def _attributes(draft: Draft, dotted: Iterable[str | None]) -> Iterator[str]:
    for each in dotted:
        name = (each or "").rpartition(".")[2]
        for attribute, column in draft.columns.items():
            if name in (attribute, column.column_name):
                yield attribute
                break
        else:
            return


def _dotted(argument: Symbol) -> str | None:
    """The name of the column that a part of an index is, in whatever order it sorts it."""
    if isinstance(argument, Name):
        return argument.dotted
    if isinstance(argument, Call):
        inner, _, method = argument.func.rpartition(".")
        if method in _SORTING:
            return _dotted(argument.arguments[0]) if argument.arguments else inner or None
        if method == "text" and argument.arguments:
            return (text_of(argument.arguments[0]) or "").partition(" ")[0] or None
        return None
    return text_of(argument)
