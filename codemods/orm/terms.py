"""The conditions of a query that one statement can have for several numbers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm import names
from codemods.orm.query import Predicate, Query
from codemods.orm.values import Condition, ModelClass, Symbol
from codemods.project.model import Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_FOREIGN = names.SELECT | names.EXISTS | names.ALIASED | names.TEXT


@dataclass(frozen=True)
class Term:
    """One condition of a tally: a predicate as the query was given it.

    `keyword` is set for those of `filter_by`, whose `node` is the value. One that is not `known`
    may be about anything.
    """

    node: ast.expr
    predicate: Predicate
    keyword: str | None = None
    known: bool = True

    @property
    def model(self) -> str:
        assert self.predicate.models
        return self.predicate.models[0].name

    @property
    def text(self) -> str:
        """The same for conditions that say the same."""
        text = ast.unparse(self.node)
        return f"{self.model}.{self.keyword} == {text}" if self.keyword else text

    @property
    def is_boolean(self) -> bool:
        """True for `filter_by(active=True)` on a Boolean."""
        column = self.predicate.column
        return (
            self.keyword is not None
            and isinstance(self.node, ast.Constant)
            and isinstance(self.node.value, bool)
            and column is not None
            and column.python == "bool"
            and not column.decorated
        )

    @property
    def names_table(self) -> bool:
        """True if every version sees the table in `case((condition, 1))`."""
        if not self.known:
            return False
        if self.keyword is not None:
            return not (self.is_boolean and getattr(self.node, "value", None) is False)
        plain = isinstance(self.predicate.node, ast.Compare | ast.Call)
        return isinstance(self.predicate.node, ast.Attribute) or (
            plain and self.predicate.column is not None
        )

    @property
    def has_subquery(self) -> bool:
        return any(
            isinstance(item, ast.Attribute) and item.attr in ("any", "has")
            for item in walk(self.node)
        )


def terms_of(scope: Scope, query: Query, model: Model) -> tuple[Term, ...]:
    """The conditions of a query; only known ones can be moved."""
    found = []
    for predicate in query.predicates:
        keyword = predicate.keyword.arg if predicate.keyword is not None else None
        node = predicate.node if predicate.keyword is not None else predicate.given
        known = is_known(scope, predicate, model)
        found.append(Term(node or predicate.node, predicate, keyword if known else None, known))
    return tuple(found)


def is_known(scope: Scope, predicate: Predicate, model: Model) -> bool:
    """True for a condition that is about rows of `model` alone."""
    if predicate.alias or not predicate.models:
        return False
    if predicate.keyword is not None:
        compared = predicate.column is not None or is_reference(predicate)
        if not compared or predicate.models != (model,):
            return False
    elif predicate.relationship is not None and not is_reference(predicate):
        return False
    nodes = (predicate.node, predicate.given or predicate.node)
    return all(allowed(scope, item, model) for node in nodes for item in parts(node))


def is_reference(predicate: Predicate) -> bool:
    """True for `Order.customer == customer`, which compares a foreign key."""
    reference = predicate.relationship
    return (
        reference is not None
        and reference.relationship.direction == "many-to-one"
        and predicate.operator in ("==", "!=")
    )


def parts(node: ast.expr) -> Iterator[ast.AST]:
    """The nodes of a condition, without what `any()` and `has()` are given."""
    yield node
    inner = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("any", "has"):
        inner = [node.func]
    for child in inner:
        if isinstance(child, ast.expr):
            yield from parts(child)
        elif isinstance(child, ast.keyword):
            yield from parts(child.value)


def allowed(scope: Scope, node: ast.AST, model: Model) -> bool:
    """False for what brings another table, or another moment, into a condition."""
    match node:
        case ast.Await() | ast.Yield() | ast.YieldFrom() | ast.NamedExpr() | ast.Lambda():
            return False
        case ast.Attribute(value=owner, attr=name) if (dotted := dotted_name(owner)) is not None:
            if name == "c":
                return False
            match scope.flow.lookup(dotted):
                case ModelClass(model=other, alias=alias):
                    return other is model and alias is None and is_plain(scope, node, model)
        case ast.Name(id=name):
            match scope.flow.lookup(name):
                case Query() | Condition():
                    return False
                case ModelClass(model=other):
                    return other is model
                case Symbol(full_name=full_name):
                    return full_name not in _FOREIGN
    return True


def is_plain(scope: Scope, node: ast.Attribute, model: Model) -> bool:
    """True for a column, and for a relationship that is compared or asked with any() or has()."""
    if column := model.columns.get(node.attr):
        return not column.expression
    if relationship := model.relationships.get(node.attr):
        match scope.parents.get(node):
            case ast.Attribute(attr="any" | "has"):
                return True
            case ast.Compare():
                return relationship.direction == "many-to-one"
        return False
    return False
