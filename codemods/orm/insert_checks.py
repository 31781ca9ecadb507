"""Whether rows that a loop inserts one by one can wait until the loop is over."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Precondition
from codemods.orm import preconditions, rounds, tables_read
from codemods.orm.events import Act, Effect, Event, Exit, Read, Run
from codemods.orm.preconditions import effects, proven, refuted, unknown
from codemods.orm.values import Cell, Items, Plain, Row, Unknown, may_be_none

if TYPE_CHECKING:
    from codemods.orm.row_inserts import RowInsert

_ENDS = (Act.COMMIT, Act.ROLLBACK, Act.SAVEPOINT, Act.CLOSE, Act.EXPUNGE, Act.EXPIRE, Act.REFRESH)
_WRITES = (Act.ADD, Act.DELETE, Act.SET, Act.APPEND, Act.DML, Act.SQL, Act.FLUSH)


class InsertChecks:
    """The preconditions of one insert in a loop."""

    def __init__(self, insert: RowInsert) -> None:
        self.insert = insert
        self.scope = insert.scope
        self.loop = insert.loop

    @cached_property
    def window(self) -> Sequence[Event]:
        """What else happens in the loop."""
        events = self.scope.events[self.loop.first : self.loop.last + 1]
        return [event for event in events if event is not self.insert.effect]

    def all(self) -> Iterator[Precondition]:
        yield self.one_transaction()
        yield self.not_read()
        yield self.no_other_writes()
        yield self.comes_to_an_end()
        yield self.items_cannot_fail()
        yield preconditions.no_unknown_calls(self.scope, self.window)
        if self.insert.is_core:
            yield self.one_table()
            if self.insert.item is None:
                yield self.values_are_data()
                yield self.none_is_stored()
            else:
                yield self.same_columns()
        else:
            yield self.rows_stay()

    def one_transaction(self) -> Precondition:
        name = "one-transaction"
        for effect in effects(self.window, *_ENDS):
            return refuted(
                self.scope, name, "the loop commits, rolls back or forgets rows between two", effect
            )
        return proven(name, "the loop runs in one transaction")

    def not_read(self) -> Precondition:
        """No query of the loop finds a row that has just been inserted."""
        name, model = "not-read-in-loop", self.insert.model
        same = {model.full_name, *model.parents, *model.children}
        for event in self.window:
            match event:
                case Run(query=query):
                    inside = tables_read.inside(self.scope, event)
                    if query.tables is None or inside.hidden is not None:
                        return unknown(
                            self.scope, name, "a query in the loop may find the new rows", event
                        )
                    if (query.tables | inside.models) & same:
                        return refuted(self.scope, name, "the loop queries the same table", event)
                case Read(step=step) if step.relationship.target in same:
                    return refuted(self.scope, name, "the loop reads rows of the same table", event)
        source = self.loop.items.run if isinstance(self.loop.items, Items) else None
        if (
            source is not None
            and source.query.model is None
            and (source.query.tables is None or source.query.tables & same)
        ):
            return unknown(
                self.scope, name, "the loop's own query may still be reading the table", source
            )
        return proven(name, "nothing in the loop reads the table")

    def no_other_writes(self) -> Precondition:
        name = "no-other-writes"
        if "do_orm_execute" in self.scope.index.session_events:
            return unknown(
                self.scope, name, "the project listens to each statement of its sessions"
            )
        for effect in effects(self.window, *_WRITES):
            return unknown(
                self.scope, name, "what else the loop writes would come before the rows", effect
            )
        return proven(name, "the loop writes nothing else")

    def comes_to_an_end(self) -> Precondition:
        """The loop is left at its end, or by a `break`."""
        name = "loop-is-finished"
        for event in self.window:
            leaves = ("return", "raise") if event.own else ("raise",)
            if isinstance(event, Exit) and event.kind in leaves:
                reason = f"a `{event.kind}` may leave the loop before its end"
                return refuted(self.scope, name, reason, event)
            if isinstance(event, Effect) and event.act is Act.YIELD:
                return refuted(self.scope, name, "a consumer runs between two rows", event)
        if getattr(self.loop.node, "orelse", None):
            return refuted(self.scope, name, "the `else` of the loop would come before the rows")
        for attempt in self.insert.effect.tries:
            inside = attempt.node in set(rounds.body_of(self.loop))
            if attempt.handles and inside:
                return refuted(
                    self.scope, name, "the errors of each row are handled", self.insert.effect
                )
            if attempt.handles:
                return unknown(
                    self.scope,
                    name,
                    "a handler may keep the rows that came before an error",
                    self.insert.effect,
                )
        return proven(name, "the loop is left at its end only")

    def items_cannot_fail(self) -> Precondition:
        """Nothing that the loop evaluates raises after some rows have been inserted."""
        name = "items-cannot-fail"
        assert isinstance(self.loop.node, ast.For | ast.AsyncFor)
        if isinstance(self.loop.node, ast.AsyncFor) or not self._repeatable(self.loop.node.iter):
            return unknown(
                self.scope,
                name,
                "an error of the iteration would come before any row is inserted, not after some",
                self.insert.effect,
            )
        for statement in self.loop.node.body:
            if (bad := self._may_raise(statement)) is not None:
                text = f"`{ast.unparse(bad)}` may raise, and the rows before it are kept today"
                return unknown(self.scope, name, text, self.insert.effect)
        return proven(name, "no item can raise an error of its own")

    def _repeatable(self, node: ast.expr) -> bool:
        """True for a container, over which to go runs no code of others."""
        items = self.loop.items
        if isinstance(node, ast.Call) and rounds.called(node) == "range":
            return True
        return isinstance(items, Items) and (items.repeatable or items.run is not None)

    def _may_raise(self, statement: ast.stmt) -> ast.expr | None:
        """An expression of a statement that may raise."""
        for node in walk(statement):
            match node:
                case ast.Call() if node is not self.insert.call and not self._of_insert(node):
                    return node
                case ast.Subscript() | ast.BinOp() | ast.Compare() | ast.FormattedValue():
                    if not self._is_harmless(node):
                        return node if isinstance(node, ast.expr) else None
                case ast.Attribute() if not self._of_insert(node):
                    if not isinstance(self.cell(node), Cell):
                        return node
                case ast.Await() if node is not self.insert.statement.value:
                    return node
                case ast.Assert() | ast.With() | ast.AsyncWith() | ast.Import() | ast.For():
                    return ast.Constant(type(node).__name__.lower())
                case ast.Assign(targets=[ast.Tuple() | ast.Subscript() | ast.Attribute()]):
                    return node.targets[0]
        return None

    def _is_harmless(self, node: ast.AST) -> bool:
        match node:
            case ast.Compare(ops=ops):
                harmless = (ast.Is, ast.IsNot, ast.Eq, ast.NotEq)
                return all(isinstance(op, harmless) for op in ops)
        return False

    def _of_insert(self, node: ast.AST) -> bool:
        """True for a part of the statement that is no value of the row."""
        values = [value for _, value in self.insert.values]
        values += [self.insert.item] if self.insert.item is not None else []
        inside = any(node is part for part in walk(self.insert.statement))
        return inside and not any(node is part for value in values for part in walk(value))

    def cell(self, node: ast.Attribute) -> object:
        """What an attribute of the loop's own row is."""
        element = self.loop.element
        if (
            isinstance(node.value, ast.Name)
            and isinstance(self.loop.node, ast.For)
            and isinstance(self.loop.node.target, ast.Name)
            and self.loop.node.target.id == node.value.id
            and isinstance(element, Row)
            and not element.optional
        ):
            column = element.model.columns.get(node.attr)
            if column is not None and not column.expression and not column.deferred:
                return Cell(element.model, column, element)
        return None

    def one_table(self) -> Precondition:
        name, model = "one-table", self.insert.model
        if model.parents or model.children or not model.complete:
            return refuted(self.scope, name, f"{model.name} is part of a hierarchy of classes")
        for column, _ in self.insert.values:
            known = model.columns.get(column)
            if known is None or known.expression or known.column_name not in (None, column):
                return refuted(self.scope, name, f"`{column}` is no plain column of {model.name}")
        return proven(name, f"{model.name} is one table, and its columns have their own names")

    def values_are_data(self) -> Precondition:
        """No value is a SQL expression, which a statement for many rows cannot have, nor of a type
        that is turned down before any row is sent."""
        name = "values-are-data"
        for column, node in self.insert.values:
            value = self.insert.value(node) or self._written(node)
            if not isinstance(value, Plain | Cell) and value != Unknown(plain=True):
                reason = f"`{column}` may be given a SQL expression"
                return unknown(self.scope, name, reason, self.insert.effect)
            if not self._fits(column, value):
                reason = f"a wrong value of `{column}` would keep the rows before it out, too"
                return unknown(self.scope, name, reason, self.insert.effect)
        return proven(name, "all values are plain data that fits")

    def _fits(self, column: str, value: object) -> bool:
        """True if a value is of the type that the column takes."""
        known = self.insert.model.columns.get(column)
        match value:
            case Cell(column=own) if known is not None:
                linked = own.primary_key and known.foreign_key is not None
                return linked or (own.python == known.python is not None and not known.decorated)
            case Plain(constant=None):
                return True
            case Plain(kind=str() as kind) if known is not None:
                return kind == known.python and not known.decorated
        return False

    def _written(self, node: ast.expr) -> object:
        """What a value is that is not a keyword argument."""
        match node:
            case ast.Attribute():
                return self.cell(node)
            case ast.JoinedStr():
                return Plain("str", False)
        return None

    def same_columns(self) -> Precondition:
        """Each row has values for the same columns, and none that is no data."""
        text = self.scope.text(self.insert.item) if self.insert.item is not None else "the row"
        reason = (
            f"a statement for many rows takes its columns from the first `{text}`: each must have the "
            "same keys, and None where it has no value only in columns without a default"
        )
        return unknown(self.scope, "same-columns", reason, self.insert.effect)

    def none_is_stored(self) -> Precondition:
        """A value of None is NULL in both forms, and not the column's default (semantics 6)."""
        name = "none-is-stored"
        for column, node in self.insert.values:
            known = self.insert.model.columns.get(column)
            if known is None:
                continue
            special = known.default or known.server_default or known.python in (None, "json")
            value = self.insert.value(node) or self._written(node)
            match value:
                case Plain() | Cell() if not may_be_none(value):
                    continue
            if special:
                return unknown(
                    self.scope,
                    name,
                    f"for `{column}=None` a statement for many rows takes the column's default",
                    self.insert.effect,
                )
        return proven(name, "no column has a default that would stand for None")

    def rows_stay(self) -> Precondition:
        """The row is the iteration's own, and nothing changes it after its insert."""
        name = "rows-stay-as-they-are"
        item, body = self.insert.item, getattr(self.loop.node, "body", [])
        if isinstance(item, ast.Dict | ast.Call):
            return proven(name, "each row is made where it is inserted")
        if not body or body[-1] is not self.insert.statement or not self._is_own(item):
            return unknown(
                self.scope,
                name,
                "the row may be changed before the loop is over",
                self.insert.effect,
            )
        return proven(name, "each iteration makes a row of its own, and inserts it in the end")

    def _is_own(self, item: ast.expr | None) -> bool:
        if not isinstance(item, ast.Name):
            return False
        assigned = [
            node.value
            for node in rounds.body_of(self.loop)
            if isinstance(node, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == item.id for t in node.targets)
        ]
        return bool(assigned) and all(isinstance(v, ast.Dict | ast.Call) for v in assigned)
