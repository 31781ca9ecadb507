"""What the arguments of `relationship(...)` say: names of columns in expressions and strings."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.facts.symbols import (
    Call,
    Constant,
    Items,
    Lambda,
    Name,
    Symbol,
    annotation,
    text_of,
    walk,
)
from codemods.project.drafts import Draft


def is_given(call: Call, name: str) -> bool:
    return call.keyword(name) not in (None, Constant(None), Constant(False))


def backref_of(call: Call) -> tuple[str | None, Call]:
    """The name of a backref and the call that has its options."""
    given = call.keyword("backref")
    if isinstance(given, Call):
        return text_of(given.argument(0, "name")), given
    return text_of(given), Call(Name("backref"))


def marked(call: Call, name: str) -> list[Symbol | None]:
    """What `foreign(…)` or `remote(…)` mark in a `primaryjoin`."""
    join = expression_of(call.keyword("primaryjoin"))
    return [
        part.arguments[0]
        for part in (walk(join) if join is not None else ())
        if isinstance(part, Call) and part.arguments and part.func.rpartition(".")[2] == name
    ]


def expression_of(value: Symbol | None) -> Symbol | None:
    text = text_of(value)
    return annotation(text) if text is not None else value


def dotted_names(value: Symbol | None) -> Iterator[str]:
    """The dotted names of an expression that may be a string, a list of strings, a lambda."""
    if value is None:
        return
    for part in walk(value):
        if isinstance(part, Name):
            yield part.dotted
        else:
            text = text_of(part)
            if text is not None:
                yield from (
                    inner.dotted for inner in walk(annotation(text)) if isinstance(inner, Name)
                )


_DIRECTIONS = frozenset({"asc", "desc"})


def sorted_by(target: Draft | None, value: Symbol | None) -> tuple[str, ...]:
    """The target's attributes that an `order_by` names, empty if any term is something else."""
    return tuple(name for name, _ in _sorts(target, value))


def sorted_down(target: Draft | None, value: Symbol | None) -> tuple[str, ...]:
    """Those of them that it sorts downwards."""
    return tuple(name for name, descending in _sorts(target, value) if descending)


def _sorts(target: Draft | None, value: Symbol | None) -> tuple[tuple[str, bool], ...]:
    given = expression_of(value)
    if isinstance(given, Lambda):
        given = given.body
    if target is None or given is None:
        return ()
    owners = {name.rpartition(".")[2] for name in (target.name, *target.parents)}
    found = []
    for written in given.elements if isinstance(given, Items) else (given,):
        term = expression_of(written)
        descending = False
        if isinstance(term, Call) and term.func.rpartition(".")[2] in _DIRECTIONS:
            descending = term.func.rpartition(".")[2] == "desc"
            inner = Name(term.func.rpartition(".")[0]) if "." in term.func else None
            term = term.arguments[0] if term.arguments else inner
        dotted = term.dotted.replace(".c.", ".") if isinstance(term, Name) else ""
        prefix, _, name = dotted.rpartition(".")
        last = prefix.rpartition(".")[2]
        attribute = attribute_of(target, name)
        if attribute not in target.columns or last not in (*owners, target.table):
            return ()
        found.append((attribute, descending))
    return tuple(found)


def attribute_of(draft: Draft, name: str) -> str:
    """The attribute that a column's name belongs to."""
    if name in draft.columns:
        return name
    for attribute, column in draft.columns.items():
        if column.column_name == name:
            return attribute
    return name
