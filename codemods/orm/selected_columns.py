"""The columns that a lookup selects, by the names that its rows have for them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.orm.core_tables import CoreColumn
from codemods.orm.forwarded import Forwarded
from codemods.orm.query_code import Unwritable, as_code
from codemods.orm.values import ColumnRef
from codemods.patch import Code, Copied

if TYPE_CHECKING:
    from codemods.orm.lookups import Lookup
    from codemods.orm.query import Entity
    from codemods.orm.requery import Requery
    from codemods.project.model import Model


def columns_owner(entity: Entity, model: Model) -> ast.expr | None:
    """How the code names the class or table, where a column of it is selected."""
    node: ast.expr = entity.node
    match node:
        case ast.Call(func=ast.Attribute(attr="label", value=inner)):
            node = inner
    match entity.value, node:
        case (ColumnRef(model=found) | CoreColumn(model=found)), ast.Attribute(value=owner):
            return owner if found is model else None
    return None


def name_of(lookup: Lookup, position: int) -> str:
    """What a row has a selected column under: its label, or else the name of the attribute.

    Raises:
        Unwritable: where a variable holds what is selected, and may hold a label.
    """
    node, column = lookup.query.entities[position].node, lookup.columns[position].column
    match node:
        case ast.Call(func=ast.Attribute(attr="label"), args=[ast.Constant(value=str() as label)]):
            return label
        case ast.Attribute() if column.column_name in (None, column.name):
            return column.name
        case ast.Attribute() if not lookup.columns[position].model.core:
            return column.name
    if lookup.kind in ("value", "values"):
        return column.name
    raise Unwritable("what is selected may have another name in the rows", node)


def selected(lookup: Lookup, requery: Requery) -> dict[str, Code]:
    """The columns, and those of the key behind them.

    Raises:
        Unwritable: where two have one name, or a column has none in this function.
    """
    found: dict[str, Code] = {}
    whose = {}
    for position, reference in enumerate(lookup.columns):
        node, name = lookup.query.entities[position].node, name_of(lookup, position)
        if name in found:
            raise Unwritable("two of the columns have one name", node)
        if reference.model is lookup.model and name == reference.column.name:
            found[name] = requery.attribute(name)
        elif isinstance(lookup.run, Forwarded) or node not in lookup.scope.parents:
            raise Unwritable("what is selected has no name here", lookup.expression)
        else:
            found[name] = as_code(Copied(lookup.scope.place(node)))
        whose[name] = (reference.model, reference.column)
    for part in lookup.parts:
        name = part.column.name
        if whose.setdefault(name, (part.model, part.column)) != (part.model, part.column):
            raise Unwritable("another column has the name of the key's", lookup.expression)
        found.setdefault(name, requery.attribute(name))
    return found
