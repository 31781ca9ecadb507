"""How a function names the class that a query selects, which another function may have written."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.orm.eager_options import class_name
from codemods.orm.values import ModelClass
from codemods.patch import Code, Copied

if TYPE_CHECKING:
    from codemods.orm.query import Query
    from codemods.orm.scope import Scope


def entity_name(scope: Scope, query: Query) -> Code | Copied | None:
    """The class of a query's rows as `scope` can say it; None where it has no name there.

    `cls` of `Person.where(…)` is the word of another function.
    """
    entity = query.entities[0]
    if entity.node in scope.parents:
        return Copied(scope.place(entity.node)) if _is_name(entity.node) else None
    if not isinstance(entity.value, ModelClass) or entity.value.alias is not None:
        return None
    name, imports = class_name(scope, entity.value.model.full_name, scope.place(scope.node.body[0]))
    return None if imports or name in scope.local_names else Code.of(name)


def _is_name(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Attribute)
