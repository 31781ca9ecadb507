"""Rows of one table that a loop copies to another: `insert().from_select(…)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from codemods.finding import Fix
from codemods.orm.insert_checks import InsertChecks
from codemods.orm.preconditions import unknown
from codemods.orm.row_inserts import RowInsert
from codemods.orm.values import Cell, Items
from codemods.patch import Code, Copied, Hole, Import, Patch, Replace

_PLAIN = frozenset({"filter", "filter_by", "where", "order_by"})


def copies(insert: RowInsert) -> Iterator[Fix]:
    """The suggestion that the database copies the rows, where the loop does nothing else. It is
    shown and never applied, since a default in Python is worked out once for all rows."""
    scope, loop = insert.scope, insert.loop
    run = loop.items.run if isinstance(loop.items, Items) else None
    body = getattr(loop.node, "body", [])
    if run is None or not run.own or not insert.is_core or body != [insert.statement]:
        return
    query = run.query
    if query.style != "legacy" or query.conditional or query.limit is not None or query.related:
        return
    if any(call.method not in _PLAIN for call in query.calls) or not scope.contains(
        loop.iterable, query.node
    ):
        return
    checks = InsertChecks(insert)
    attributes = [node for _, node in insert.values if isinstance(node, ast.Attribute)]
    if not attributes or not all(isinstance(checks.cell(node), Cell) for node in attributes):
        return
    if any(not isinstance(node, ast.Attribute | ast.Constant) for _, node in insert.values):
        return
    condition = unknown(
        scope, "defaults-in-python", "a default in Python is worked out once for all rows"
    )
    yield Fix(
        "Let the database copy the rows by insert().from_select()",
        (condition,),
        lambda: _patches(insert, query.node, query.entities[0].node),
        display=True,
    )


def _patches(insert: RowInsert, query: ast.expr, entity: ast.expr) -> tuple[Patch, ...]:
    place = insert.scope.place
    assert isinstance(insert.call.func, ast.Attribute) and insert.target is not None
    holes: dict[str, Hole] = {
        "session": Copied(place(insert.call.func.value)),
        "target": Copied(place(insert.target)),
        "query": Copied(place(query)),
        "model": Copied(place(entity)),
    }
    selected = []
    for number, (_, node) in enumerate(insert.values):
        if isinstance(node, ast.Attribute):
            selected.append(f"{{model}}.{node.attr}")
        else:
            holes[f"v{number}"] = Copied(place(node))
            selected.append(f"literal({{v{number}}})")
    names = ", ".join(f'"{name}"' for name, _ in insert.values)
    text = f"{{target}}.from_select([{names}], {{query}}.with_entities({', '.join(selected)}))"
    code = Code.of(f"{{session}}.execute({text})", **holes)
    made: list[Patch] = [Replace(place(insert.after), code)]
    if any("literal(" in part for part in selected):
        made.append(Import(place(insert.after), "sqlalchemy", "literal"))
    return tuple(made)
