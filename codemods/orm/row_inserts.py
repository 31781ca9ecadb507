"""Rows that a loop inserts with a statement for each: `session.execute(insert(M).values(…))`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.orm import names, rounds
from codemods.orm.annotated import is_annotated
from codemods.orm.commit_reasons import own_session
from codemods.orm.events import Act, Effect, Loop
from codemods.orm.mentions import is_test
from codemods.orm.naming import free, plural, singular, snake
from codemods.orm.values import Items, ModelClass, Symbol, Value
from codemods.patch import Code, Copied, InsertAfter, InsertBefore, Patch, Replace
from codemods.project.model import Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


@dataclass(frozen=True, eq=False)
class RowInsert:
    """One statement of a loop that inserts one row.

    Args:
        call: `session.execute(…)`, `session.bulk_insert_mappings(M, [row])`.
        target: what is inserted into, `insert(M)` or `M`; None for `bulk_save_objects`.
        values: the expressions of the row by column where they are written out.
        item: the row as an expression where it is not.
    """

    scope: Scope
    loop: Loop
    effect: Effect
    statement: ast.Expr
    call: ast.Call
    model: Model
    target: ast.expr | None
    values: tuple[tuple[str, ast.expr], ...] = ()
    item: ast.expr | None = None

    @property
    def method(self) -> str:
        return rounds.called(self.call) or ""

    @property
    def is_core(self) -> bool:
        return self.method == "execute"

    @property
    def after(self) -> ast.stmt:
        return self.loop.statement

    def value(self, node: ast.expr) -> Value | None:
        """What is known of a value, None if it was not looked at."""
        if isinstance(node, ast.Constant):
            return self.scope.flow.ev(node)
        return self.scope.flow.keywords.get(node)

    @cached_property
    def variable(self) -> str:
        rows = plural(snake(self.model.name))
        return free(rows, f"new_{rows}", f"{rows}_to_insert", taken=self.scope.taken_names)

    @property
    def row(self) -> Code:
        """The row, to be appended to a list."""
        place = self.scope.place
        if self.item is not None and self.is_core:
            # the loop may go on with the same dict
            return Code.of("dict({item})", item=Copied(place(self.item)))
        if self.item is not None:
            return Code.of("{item}", item=Copied(place(self.item)))
        parts = [f'"{name}": {{v{n}}}' for n, (name, _) in enumerate(self.values)]
        holes = {f"v{n}": Copied(place(node)) for n, (_, node) in enumerate(self.values)}
        return Code.of("{{" + ", ".join(parts) + "}}", **holes)

    def patches(self) -> tuple[Patch, ...]:
        """The loop makes a list, and one statement after it inserts what is in there."""
        scope, place = self.scope, self.scope.place
        rows = self.variable
        append = Code.of("{rows}.append({row})", rows=rows, row=self.row)
        awaited = "await " if isinstance(self.statement.value, ast.Await) else ""
        assert isinstance(self.call.func, ast.Attribute)
        session = Copied(place(self.call.func.value))
        given = "" if self.target is None else "{target}, "
        target = {} if self.target is None else {"target": Copied(place(self.target))}
        sent = f"{awaited}{{session}}.{self.method}({given}{{rows}})"
        typed = is_annotated(scope) and self.item is None
        empty = "{rows}: list[dict[str, object]] = []" if typed else "{rows} = []"
        # without a row an INSERT of nothing but defaults would be sent
        text = f"if {{rows}}:\n    {sent}"
        return (
            InsertBefore(place(self.after), (Code.of(empty, rows=rows),)),
            Replace(place(self.statement), append),
            InsertAfter(
                scope.place(self.after), (Code.of(text, rows=rows, session=session, **target),)
            ),
        )


def row_inserts(scope: Scope) -> Iterator[RowInsert]:
    """The statements of a function's loops that insert one row each."""
    if is_test(scope.module, scope.index.root):
        return
    for effect in scope.effects:
        if effect.act is not Act.DML or not effect.loops or not effect.own:
            continue
        loop, statement, node = effect.loops[-1], effect.inner, effect.node
        if not isinstance(loop.node, ast.For | ast.AsyncFor) or not isinstance(node, ast.Call):
            continue
        if not isinstance(statement, ast.Expr) or _sent(statement) is not node:
            continue
        if rounds.is_short(loop) or rounds.is_retried(loop) or own_session(loop, effect):
            continue
        found = _read(scope, loop, effect, statement, node)
        if found is not None:
            yield found


def _sent(statement: ast.Expr) -> ast.expr:
    value = statement.value
    return value.value if isinstance(value, ast.Await) else value


def _read(
    scope: Scope, loop: Loop, effect: Effect, statement: ast.Expr, node: ast.Call
) -> RowInsert | None:
    method = rounds.called(node)
    if node.keywords or not isinstance(node.func, ast.Attribute):
        return None
    if method == "execute":
        return _executed(scope, loop, effect, statement, node)
    made: Model | None = None
    match node.args:
        case [ast.List(elts=[item])] if method == "bulk_save_objects":
            made, target = _made(scope, loop, item), None
        case [target, ast.List(elts=[item])] if method == "bulk_insert_mappings":
            made = _model(scope, target)
        case _:
            return None
    if made is None:
        return None
    return RowInsert(scope, loop, effect, statement, node, made, target, item=item)


def _executed(
    scope: Scope, loop: Loop, effect: Effect, statement: ast.Expr, node: ast.Call
) -> RowInsert | None:
    """`execute(insert(M).values(a=1))`, `.values({"a": 1})`, `execute(insert(M), {"a": 1})`, and the
    same with a variable for the row."""
    target: ast.expr
    values: tuple[tuple[str, ast.expr], ...] = ()
    item: ast.expr | None = None
    match node.args:
        case [ast.Call(func=ast.Attribute(value=target, attr="values"), args=[],
                       keywords=[ast.keyword(arg=None, value=ast.expr() as item)])]:  # fmt: skip
            complete = True
        case [ast.Call(func=ast.Attribute(value=target, attr="values"),
                       args=[ast.Name() as item], keywords=[])] | [target, ast.Name() as item]:  # fmt: skip
            complete = not _is_several(scope, loop, item)
        case [ast.Call(func=ast.Attribute(value=target, attr="values"), args=[], keywords=words)]:
            values = tuple((k.arg, k.value) for k in words if k.arg)
            complete = bool(words) and len(values) == len(words)
        case [ast.Call(func=ast.Attribute(value=target, attr="values"), args=[ast.Dict() as row],
                       keywords=[])]:  # fmt: skip
            values, complete = _pairs(row)
        case [target, ast.Dict() as row]:
            values, complete = _pairs(row)
        case _:
            return None
    model = _inserted(scope, target)
    if model is None or not complete:
        return None
    return RowInsert(scope, loop, effect, statement, node, model, target, values, item)


def _is_several(scope: Scope, loop: Loop, item: ast.Name) -> bool:
    """True for a list of rows, of which one statement inserts all: `rows`, `batch`, a slice, what a
    loop over `batched(rows, 500)` or `range(0, len(rows), 500)` has."""
    if isinstance(scope.flow.keywords.get(item), Items) or singular(item.id) != item.id:
        return True
    return rounds.is_chunk(loop, item.id)


def _pairs(row: ast.Dict) -> tuple[tuple[tuple[str, ast.expr], ...], bool]:
    pairs = tuple(
        (key.value, value)
        for key, value in zip(row.keys, row.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    )
    return pairs, bool(pairs) and len(pairs) == len(row.keys)


def _inserted(scope: Scope, target: ast.expr) -> Model | None:
    """The class of `insert(M)`, `insert(M.__table__)`, `M.__table__.insert()`."""
    match target:
        case ast.Call(
            func=ast.Attribute(value=ast.Attribute(value=given, attr="__table__"), attr="insert"),
            args=[],
            keywords=[],
        ):
            return _model(scope, given)
        case ast.Call(
            func=function, args=[ast.Attribute(value=given, attr="__table__")], keywords=[]
        ):
            pass
        case ast.Call(func=function, args=[given], keywords=[]):
            pass
        case _:
            return None
    dotted = dotted_name(function)
    meant = scope.flow.lookup(dotted) if dotted else None
    if isinstance(meant, Symbol) and names.DML.get(meant.full_name) == "insert":
        return _model(scope, given)
    return None


def _model(scope: Scope, node: ast.expr) -> Model | None:
    dotted = dotted_name(node)
    match scope.flow.lookup(dotted) if dotted else None:
        case ModelClass(model=model, alias=None):
            return model
    return None


def _made(scope: Scope, loop: Loop, item: ast.expr) -> Model | None:
    """The class of an object that the iteration has made."""
    given = [item]
    if isinstance(item, ast.Name):
        given = [
            node.value
            for node in rounds.body_of(loop)
            if isinstance(node, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == item.id for t in node.targets)
        ]
    calls = [node for node in given if isinstance(node, ast.Call)]
    models = {_model(scope, call.func) for call in calls}
    return models.pop() if len(models) == 1 and len(calls) == len(given) else None
