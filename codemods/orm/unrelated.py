"""A query that begins with one row's relationship, again for the related rows of all rows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.query_code import Unwritable, called
from codemods.patch import Code, Copied, Hole

if TYPE_CHECKING:
    from codemods.orm.keys import KeyPart
    from codemods.orm.query import Ordering, Related
    from codemods.orm.requery import Requery


class OfAllRows:
    """Writes the beginning: `session.query(AuditLog).filter(AuditLog.user_id.in_(user_ids))`."""

    def __init__(self, requery: Requery, related: Related) -> None:
        self.requery = requery
        self.related = related
        self.lookup = requery.lookup
        self.scope = requery.scope

    @property
    def _of_each(self) -> bool:
        """True if the loop goes over the rows whose relationship is asked."""
        return any(self.asks(part) for part in self.lookup.parts)

    def asks(self, part: KeyPart) -> bool:
        """True for the key of the relationship itself."""
        return part.predicate is not None and part.predicate.node is self.related.node

    def model(self) -> str:
        """How the file names the class of the related rows."""
        return self.requery.named(self.lookup.model)

    def key_column(self) -> Code:
        """The key of the rows whose relationship goes through a table in between."""
        return Code.of(
            f"{{model}}.{self.related.key}", model=self.requery.named(self.related.step.model)
        )

    def begun(self, node: ast.expr) -> Code | Copied:
        """The beginning, with the condition and the order that the relationship gives it."""
        root = self.root(node)
        if not self._of_each:
            return root
        if self.related.through:
            first = Code.of(self.requery.named(self.related.step.model))
            name = self.related.step.relationship.name
            path = Code.of(f"{{model}}.{name}", model=first)
            root = called(called(root, "select_from", [first], []), "join", [path], [])
        conditions = [*self.requery.conditions(), *self.lookup.added]
        if conditions:
            legacy = self.lookup.run.query.style == "legacy"
            root = called(root, "filter" if legacy else "where", conditions, [])
        declared = [o for o in self.lookup.query.orderings if self.declares(o)]
        if "order_by" in self.requery.dropped or not declared:
            return root
        return called(root, "order_by", [self.order(o) for o in declared], [])

    def root(self, node: ast.expr) -> Code | Copied:
        """The beginning alone."""
        columns, outer = self.requery.columns, self.lookup.run
        if not self._of_each:
            if columns is not None:
                raise Unwritable("the rows are those of one row's relationship", node)
            return Copied(self.scope.place(node))
        selected = columns or (Code.of("{model}", model=self.model()),)
        holes: dict[str, Hole] = {f"c{n}": column for n, column in enumerate(selected)}
        listed = ", ".join(f"{{{name}}}" for name in holes)
        if outer.query.style == "select":
            return Code.of(f"{self.requery.imported('select')}({listed})", **holes)
        if outer.session_node is not None and not _is_name(outer.session_node):
            raise Unwritable("the session has no name here", outer.session_node)
        if outer.session_node is not None:
            session = Copied(self.scope.place(outer.session_node))
            return Code.of(f"{{session}}.query({listed})", session=session, **holes)
        sent = next((o.run for o in self.related.row.origins if o.run is not None), None)
        match sent.query.roots[0] if sent is not None and sent.own else None:
            case ast.Attribute(attr="query"):
                query = Code.of("{model}.query", model=self.model())
                if columns is None:
                    return query
                return Code.of(f"{{query}}.with_entities({listed})", query=query, **holes)
        raise Unwritable("nothing says which session the rows are in", self.requery.place)

    def declares(self, ordering: Ordering) -> bool:
        """True for a term of the order that the relationship is declared with."""
        return ordering.node is self.related.node

    def order(self, ordering: Ordering) -> Code:
        """The same as a term of a query."""
        if ordering.column is None:
            text = "the relationship sorts its rows in a way that is not seen"
            raise Unwritable(text, self.requery.place)
        column = self.requery.attribute(ordering.column.name)
        return Code.of("{column}.desc()", column=column) if ordering.descending else column


def bound(function: ast.AST) -> frozenset[str]:
    """What a function, or one inside of it, gives a value; but for what it imports once, first."""
    if isinstance(function, ast.Module):
        return frozenset()
    found: set[str] = set()
    first = {alias for statement in _imports_at_its_top(function) for alias in statement.names}
    imported: list[str] = []
    for node in walk(function):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
                found.add(name)
            case ast.alias(name=name, asname=other):
                imported.append(other or name.partition(".")[0])
                if node not in first:
                    found.add(imported[-1])
            case (
                ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
            ) if (node is not function):
                found.add(name)
            case ast.ExceptHandler(name=str(name)):
                found.add(name)
    return frozenset(found.union(name for name in imported if imported.count(name) > 1))


def _imports_at_its_top(function: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports that a function begins with, after its docstring."""
    for statement in getattr(function, "body", ()):
        match statement:
            case ast.Import() | ast.ImportFrom():
                yield statement
            case ast.Expr(value=ast.Constant()):
                continue
            case _:
                return


def _is_name(node: ast.expr) -> bool:
    """True for a name or a dotted name, which means the same session wherever it stands."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)
