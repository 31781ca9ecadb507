"""A query with a long list of keys, sent for a part of them at a time."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Amount, Cost, Precondition, Status, none_refuted
from codemods.orm import uses
from codemods.orm.annotated import is_annotated
from codemods.orm.chunks import batch_size, chunks, reusable
from codemods.orm.databases import FOLDING
from codemods.orm.events import Act
from codemods.orm.keys import is_pure
from codemods.orm.long_lists import LongList
from codemods.orm.naming import free, plural, snake
from codemods.orm.preconditions import effects, proven, refuted, unknown
from codemods.orm.query_code import Unwritable
from codemods.orm.values import ModelClass, kind_of
from codemods.patch import Code, Copied, Hole, Import, InsertBefore, Patch, Remove, Replace

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_KINDS = frozenset({"int", "str", "UUID", "date", "bool"})
_SIMPLE = frozenset({"filter", "where", "filter_by", "options", "order_by"})


class Chunking:
    """The preconditions and the code of one long list. `taken` are names that must not be used."""

    def __init__(self, found: LongList, taken: set[str]) -> None:
        self.found = found
        self.scope: Scope = found.scope
        self.run = found.run
        self.taken = taken
        self.imports: list[Patch] = []

    @property
    def cost(self) -> Cost:
        size = self.found.name if self.found.name.isidentifier() else "keys"
        after = Amount(f"⌈{size}/{batch_size(self.scope)}⌉", size)
        return Cost(Amount("1", size), after)

    def conditions(self) -> tuple[Precondition, ...]:
        return (self.whole_rows(), self.keys_equal(), self.row_order(), self.flushes_alike())

    def whole_rows(self) -> Precondition:
        """The rows of several statements together are those of one."""
        name, query, run = "rows-add-up", self.run.query, self.run
        if run.terminal not in ("all", "iterate") or run.streamed or len(run.query.roots) != 1:
            text = f"what {run.terminal}() gives for parts of the keys does not add up"
            return refuted(self.scope, name, text, run)
        if uses.read_again(self.scope, run, self.scope.node):
            text = "the result gives its rows once, and a list gives them each time"
            return refuted(self.scope, name, text, run)
        for method in ("unique", "mappings"):
            if method in run.chain:
                text = f"{method}() is asked of the rows for all keys together"
                return refuted(self.scope, name, text, run)
        for call in query.calls:
            if call.method not in _SIMPLE or not call.sure:
                text = f"{call.method}() holds for all keys together"
                return refuted(self.scope, name, text, run)
        own = self.found.predicate.model
        models = [entity.model for entity in query.entities]
        if models != [own] or not isinstance(query.entities[0].value, ModelClass):
            text = (
                f"what is selected is more or less than one {own.name if own else 'row'} for a key"
            )
            return refuted(self.scope, name, text, run)
        return proven(name, "each row is found by one key, and comes once")

    def keys_equal(self) -> Precondition:
        """No two different keys find one row."""
        name, column = "keys-equal", self.found.predicate.column
        kind = kind_of(self.found.element)
        if column is None or column.python not in _KINDS or column.collation or column.decorated:
            text = "two keys that differ may be equal in SQL, and would find a row twice"
            return unknown(self.scope, name, text, self.run)
        databases = set(self.scope.settings.database)
        if column.python == "str" and (not databases or databases & FOLDING):
            text = "the database may take two strings for equal, and would find a row twice"
            return unknown(self.scope, name, text, self.run)
        if kind != column.python:
            text = f"nothing says that the keys are {column.python} values, each once"
            return unknown(self.scope, name, text, self.run)
        return proven(name, f"the keys and the column are {kind} values")

    def row_order(self) -> Precondition:
        name, run = "row-order", self.run
        if uses.order_free(self.scope, run.expression, self.scope.node):
            return proven(name, "the order of the rows makes no difference")
        if run.query.orderings or run.query.has("order_by"):
            return refuted(self.scope, name, "the ORDER BY holds for all keys together", run)
        text = "the rows come in the order of the parts, and no ORDER BY asked for another one"
        return unknown(self.scope, name, text, run)

    def flushes_alike(self) -> Precondition:
        """Without keys nothing is sent, so that nothing is flushed."""
        name = "flushes-alike"
        earlier = self.scope.events[: self.run.index]
        for effect in effects(earlier, Act.ADD, Act.DELETE, Act.SET, Act.APPEND, Act.CALL):
            text = "without keys there is no query, and this is not flushed here"
            return unknown(self.scope, name, text, effect)
        return proven(name, "nothing waits for the flush of this query")

    def patches(self) -> tuple[Patch, ...]:
        """Raises Unwritable where there is no way to write it."""
        scope, run = self.scope, self.run
        statement = run.statement
        if statement not in scope.flow.blocks or scope.text(statement).startswith("elif"):
            raise Unwritable("nothing can stand before this statement", statement)
        if run.expression not in set(walk(statement)):
            raise Unwritable("the query is sent elsewhere", run.expression)
        whole = set(walk(run.expression))
        if self.found.operand not in whole or not is_pure(self.found.operand):
            raise Unwritable("the keys stand in another statement than the query", run.expression)
        if isinstance(statement, ast.While):
            raise Unwritable("nothing can stand before this condition", statement)
        self._comes_first(statement)
        target = self._target(statement)
        rows = target or free(plural(snake(self._model)), "rows", taken=self.taken)
        keys = free(plural(self._column), "chunk", taken=self.taken - reusable(scope))
        self.taken.add(rows)
        function = chunks(scope, self.imports, statement)
        part = ((scope.place(self.found.operand), Code.of(keys)),)
        query = Copied(scope.place(run.expression), substitute=part)
        loop = Code.of(
            f"for {keys} in {function}({{keys}}):\n    {rows}.extend({{query}})",
            keys=Copied(scope.place(self.found.operand)), query=query,
        )  # fmt: skip
        patches: list[Patch] = [InsertBefore(scope.place(statement), (self._empty(rows), loop))]
        if target:
            patches.append(Remove(scope.place(statement)))
        else:
            patches.append(Replace(scope.place(run.expression), Code.of(rows)))
        return (*patches, *self.imports)

    @property
    def _model(self) -> str:
        assert self.found.predicate.model is not None
        return self.found.predicate.model.name

    @property
    def _column(self) -> str:
        assert self.found.predicate.column is not None
        return self.found.predicate.column.name

    def _empty(self, rows: str) -> Code:
        if not is_annotated(self.scope):
            return Code.of(f"{rows} = []")
        entity = self.run.query.entities[0].node
        holes: dict[str, Hole] = {"model": Copied(self.scope.place(entity))}
        if self.run.query.roots[0] is entity or not isinstance(entity, ast.Name | ast.Attribute):
            self.imports.append(Import(self.scope.place(self.run.statement), "typing", "Any"))
            return Code.of(f"{rows}: list[Any] = []")
        return Code.of(f"{rows}: list[{{model}}] = []", **holes)

    def _target(self, statement: ast.stmt) -> str | None:
        """The variable that holds all rows, where the statement does nothing else."""
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if (
                value is self.run.expression
            ):
                read = {n.id for n in walk(value) if isinstance(n, ast.Name)}
                return None if name in read else name
        return None

    def _comes_first(self, statement: ast.stmt) -> None:
        """Raises Unwritable where something else in the statement comes before the query."""
        node: ast.AST = self.run.expression
        while node is not statement:
            outer = self.scope.parents[node]
            match outer:
                case ast.comprehension(iter=iterable) if iterable is node:
                    owner = self.scope.parents[outer]
                    if getattr(owner, "generators", [])[:1] != [outer]:
                        raise Unwritable("the query stands in an inner loop", self.run.expression)
                case ast.stmt() | ast.keyword():
                    pass
                case ast.DictComp() | ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                    if not isinstance(node, ast.comprehension):
                        raise Unwritable("the query stands in a loop", self.run.expression)
                case ast.Call(args=[first, *_]) if first is node:
                    pass
                case _:
                    text = "a part of this statement comes before the query"
                    raise Unwritable(text, self.run.expression)
            node = outer


def chunked(found: LongList, taken: set[str]) -> tuple[tuple[Precondition, ...], tuple[Patch, ...]]:
    """The preconditions of a rewrite in parts, and its patches if there is one."""
    chunking = Chunking(found, taken)
    conditions = chunking.conditions()
    if not none_refuted(conditions):
        return conditions, ()
    try:
        return conditions, chunking.patches()
    except Unwritable as error:
        place = None
        if isinstance(error.node, ast.expr | ast.stmt):
            place = found.scope.place(error.node)
        return (*conditions, Precondition("writable", Status.REFUTED, error.reason, place)), ()
