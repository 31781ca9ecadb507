"""`bulk_insert_mappings()`, and the INSERT with a list of rows that 2.0 has in its place."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.finding import Precondition, Status
from codemods.orm.sql_names import SqlNames
from codemods.orm.values import Items, ModelClass
from codemods.patch import Code, Copied, Patch, Replace

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


def as_insert(
    scope: Scope, node: ast.Call
) -> tuple[tuple[Precondition, ...], tuple[Patch, ...]] | None:
    """`execute(insert(M), rows)` for `bulk_insert_mappings(M, rows)`, where that is a statement.

    Returns:
        What it depends on, and the patches; None where it is written in another way.
    """
    statement = scope.parents.get(node)
    match statement, node:
        case ast.Expr(), ast.Call(
            func=ast.Attribute(value=session), args=[target, ast.Name(id=rows)], keywords=[]
        ):
            pass
        case _:
            return None
    dotted = dotted_name(target)
    value = scope.flow.lookup(dotted) if dotted else None
    if not isinstance(value, ModelClass) or value.alias:
        return None
    place = scope.place(statement)
    words = SqlNames(scope, place)
    # without a row an INSERT of nothing but defaults would be sent
    sent = Code.of(
        f"if {rows}:\n    {{session}}.execute({{insert}}({{model}}), {rows})",
        session=Copied(scope.place(session)), insert=words.sql("insert"),
        model=Copied(scope.place(target)),
    )  # fmt: skip
    return _conditions(scope, node, value, rows), (*words.imports.values(), Replace(place, sent))


def _conditions(
    scope: Scope, node: ast.Call, value: ModelClass, rows: str
) -> tuple[Precondition, ...]:
    place = scope.place(node)
    alone = Precondition("class-alone", Status.PROVEN, "the class has one table")
    if value.model.parents or value.model.children or not value.model.complete:
        text = f"{value.model.name} is of several classes, or of one that is not known as a whole"
        alone = Precondition("class-alone", Status.REFUTED, text, place)
    listed = Precondition("rows-listed", Status.PROVEN, "the rows are a list")
    if not isinstance(scope.flow.lookup(rows), Items):
        text = f"`{rows}` has to be a list of dicts, and nothing says that it is"
        listed = Precondition("rows-listed", Status.UNKNOWN, text, place)
    text = "what is pending in the session is flushed first, which the old method did not"
    return alone, listed, Precondition("flushed-before", Status.UNKNOWN, text, place)
