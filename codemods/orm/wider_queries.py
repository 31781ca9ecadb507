"""A query without some of its conditions, for Python to tell apart what it then finds."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from codemods.facts.nodes import walk
from codemods.orm.events import Run
from codemods.orm.in_python import named_model
from codemods.orm.query import Predicate
from codemods.orm.query_code import Unwritable, as_code, called, sent_query
from codemods.orm.scope import Scope
from codemods.orm.sql_names import SqlNames
from codemods.orm.tallies import is_exec
from codemods.patch import Code, Copied, Hole
from codemods.project.model import Column, Model

_FILTERS = ("filter", "where", "filter_by")


@dataclass
class Wider:
    """Writes the query of `run` without the conditions `dropped`.

    `columns` are selected in the place of what it selects; none leaves that as it is. Rows with
    NULL in one of `present` are left out. `steps` are variables that hold the query on its way; the
    statements that are not needed any more are `spent`. `plain` lists the values of the one column
    instead of rows, and `unordered` leaves out the order.
    """

    scope: Scope
    run: Run
    model: Model
    dropped: Sequence[Predicate]
    columns: Sequence[Column] = ()
    present: Sequence[Column] = ()
    plain: bool = False
    unordered: bool = False
    steps: Mapping[str, Sequence[ast.Assign]] = field(default_factory=dict)
    spent: list[ast.Assign] = field(default_factory=list)
    words: SqlNames = field(init=False)

    def __post_init__(self) -> None:
        self.words = SqlNames(self.scope, self.scope.place(self.run.expression))
        self.put = False

    def rows(self) -> Code:
        """The expression that gives all rows as a list.

        Raises:
            Unwritable: where there is no way to write it.
        """
        whole = self.query()
        if self.run.query.style == "legacy":
            if self.plain:
                value = self.columns[0].name
                return Code.of(f"[{value} for ({value},) in {{query}}]", query=whole)
            return Code.of("{query}.all()", query=whole)
        session = self.run.session_node
        if session is None:
            raise Unwritable("the session has no name here", self.run.expression)
        method = "exec" if is_exec(self.run) else "execute"
        if not self.columns or self.plain:
            method = "exec" if is_exec(self.run) else "scalars"
        sent = Code.of(
            f"{{session}}.{method}({{query}})",
            session=Copied(self.scope.place(session)),
            query=whole,
        )
        if self.run.awaited and self.plain:
            return Code.of("list(await {sent})", sent=sent)
        if self.run.awaited:
            sent = Code.of("(await {sent})", sent=sent)
        return Code.of("list({sent})" if self.plain else "{sent}.all()", sent=sent)

    def query(self) -> Code:
        """The query before it is sent.

        Raises:
            Unwritable: where there is no way to write it.
        """
        query = sent_query(self.run)
        if query is None:
            raise Unwritable("the statement is sent with more arguments", self.run.expression)
        whole = as_code(self._chain(query))
        if self.present and not self.put:
            raise Unwritable("the conditions stand elsewhere", self.run.expression)
        return whole

    def named(self) -> Copied | str:
        """How the query says the name of the class."""
        node = named_model(self.scope, self.run, self.model)
        return Copied(self.scope.place(node)) if node is not None else self.model.name

    def _chain(self, node: ast.expr) -> Code | Copied:
        place = self.scope.place(node)
        if node in self.run.query.roots:
            return self._root(node)
        call = next((c for c in self.run.query.calls if c.node is node), None)
        match node:
            case ast.Name(id=name) if name in self.steps:
                return self._step(node, name)
            case ast.Name() if not self.columns:
                return Copied(place)
            case ast.Name() if self.run.query.style == "legacy":
                return self._reselected(Copied(place), "with_entities")
            case ast.Call(func=ast.Attribute(value=inner)) if call is not None:
                before = self._chain(inner)
                if self.unordered and call.method == "order_by":
                    return before
                if call.method in _FILTERS:
                    return self._filtered(call.node, call.method, before)
                if before == Copied(self.scope.place(inner)):
                    return Copied(place)
                return Copied(place, substitute=((self.scope.place(inner), as_code(before)),))
        raise Unwritable("not all of how this query is built is understood", node)

    def _step(self, node: ast.expr, name: str) -> Code | Copied:
        """What a variable of the loop holds."""
        reads = [
            n
            for n in walk(self.scope.node)
            if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load)
        ]
        if len(self.steps[name]) != 1 or len(reads) != 1:
            raise Unwritable(f"{name} is built in more than one step", node)
        (assigned,) = self.steps[name]
        self.spent.append(assigned)
        return self._chain(assigned.value)

    def _selected(self) -> dict[str, Hole]:
        named = self.named()
        return {
            f"c{number}": Code.of(f"{{model}}.{column.name}", model=named)
            for number, column in enumerate(self.columns)
        }

    def _reselected(self, before: Copied, method: str) -> Code:
        holes = self._selected()
        listed = ", ".join(f"{{{name}}}" for name in holes)
        return Code.of(f"{{before}}.{method}({listed})", before=before, **holes)

    def _root(self, node: ast.expr) -> Code | Copied:
        place = self.scope.place(node)
        if not self.columns:
            return Copied(place)
        holes = self._selected()
        listed = ", ".join(f"{{{name}}}" for name in holes)
        match node:
            case ast.Call(func=ast.Attribute(attr="query") as function):
                return Code.of(f"{{f}}({listed})", f=Copied(self.scope.place(function)), **holes)
            case ast.Call(func=ast.Name() | ast.Attribute() as function):
                return Code.of(f"{{f}}({listed})", f=Copied(self.scope.place(function)), **holes)
            case ast.Attribute():
                return self._reselected(Copied(place), "with_entities")
        raise Unwritable("not all of how this query is built is understood", node)

    def _filtered(self, call: ast.Call, method: str, before: Code | Copied) -> Code | Copied:
        """A call of `filter()` without what is dropped; the first such gets what is put instead."""
        gone = {id(predicate.node) for predicate in self.dropped}
        positional: list[Hole] = []
        for argument in call.args:
            if id(argument) in gone:
                positional += self._present()
                continue
            if any(id(node) in gone for node in walk(argument)):
                raise Unwritable("the conditions stand inside of another one", argument)
            positional.append(Copied(self.scope.place(argument)))
        kept = [k for k in call.keywords if id(k.value) not in gone]
        if len(kept) < len(call.keywords) and (more := self._present()):
            before = called(before, "filter", more, [])
        named: list[tuple[str, Hole]] = [
            (k.arg or "", Copied(self.scope.place(k.value))) for k in kept
        ]
        if not positional and not named:
            return before
        return called(before, method, positional, named)

    def _present(self) -> list[Hole]:
        if self.put:
            return []
        self.put = True
        named = self.named()
        return [Code.of(f"{{m}}.{column.name}.isnot(None)", m=named) for column in self.present]
