"""Loops that look for one row, the largest row or some rows of a query, and the query for these."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.best_rows import BestRow
from codemods.orm.first_found import FirstFound
from codemods.orm.narrowing import Narrowing
from codemods.orm.row_lists import is_builtin
from codemods.orm.row_loops import RowLoop, row_loops
from codemods.orm.row_sorting import Sorting
from codemods.orm.whole_rows import models_selected
from codemods.patch import Code, Copied, InsertAfter, Patch, Remove, Replace

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

# More statements than these under one condition are a loop that does something else.
_FEW = 4


@dataclass(frozen=True, eq=False)
class LoopFound(FirstFound):
    """`for order in orders: if order.total > 5: return order`, or `found = order` and `break`.

    `then` are the statements that come instead of the loop, but for the first, which gives the row
    to the variable `name`, or returns it if there is none. `dropped` are those that go with it.
    """

    part: RowLoop | None = None
    name: str | None = None
    then: tuple[Code, ...] = ()
    dropped: tuple[ast.stmt, ...] = ()
    held = True

    @property
    def is_at_once(self) -> bool:
        return True

    def patches(self) -> tuple[Patch, ...]:
        return _instead(self, self.part, self._first(), self.name, self.then, self.dropped)


@dataclass(frozen=True, eq=False)
class LoopBest(BestRow):
    """`for order in orders: if best is None or order.total > best.total: best = order`."""

    part: RowLoop | None = None
    name: str | None = None
    held = True

    @property
    def is_at_once(self) -> bool:
        return True

    def patches(self) -> tuple[Patch, ...]:
        assert self.part is not None and self.name is not None
        begun = self.part.begun[self.name]
        return _instead(self, self.part, self._first(), self.name, (), (begun,))


@dataclass(frozen=True, eq=False)
class LoopList(Narrowing):
    """`for order in orders: if order.total > 5: found.append(order)`."""

    part: RowLoop | None = None
    name: str | None = None
    held = True

    @property
    def is_at_once(self) -> bool:
        return True

    @property
    def owner(self) -> ast.AST:
        assert self.part is not None
        return self.part.loop

    def patches(self) -> tuple[Patch, ...]:
        assert self.part is not None and self.name is not None
        begun = self.part.begun[self.name]
        return _instead(self, self.part, self._filtered(), self.name, (), (begun,))


def _instead(
    found: Narrowing, part: RowLoop | None, value: Code, name: str | None,
    then: tuple[Code, ...], dropped: tuple[ast.stmt, ...],
) -> tuple[Patch, ...]:  # fmt: skip
    """The patches that put `name = value`, or `return value`, in the place of a loop."""
    assert part is not None
    scope, rows = part.scope, part.rows
    put = Code.of(f"{name} = {{value}}" if name else "return {value}", value=value)
    if name is not None:
        match part.begun.get(name):
            case ast.AnnAssign(annotation=annotation) as begun if begun in dropped:
                put = Code.of(
                    f"{name}: {{kind}} = {{value}}",
                    kind=Copied(scope.place(annotation)), value=value,
                )  # fmt: skip
    place = scope.place(part.loop)
    changed: list[Patch] = [Replace(place, put)]
    if then:
        changed.append(InsertAfter(place, then))
    if rows.assigned is not None:
        changed.append(Remove(scope.place(rows.assigned)))
    if rows.result is not None:
        query = found.query_in_result()
        changed.append(Replace(scope.place(rows.query_node), query))
    changed += [Remove(scope.place(statement)) for statement in dropped]
    return (*found.words.imports.values(), *changed)


def loop_results(scope: Scope) -> Iterator[LoopFound | LoopBest | LoopList]:
    """Every such loop of the function's own."""
    for part in row_loops(scope):
        found = _found(part) or _best(part) or _list(part)
        if found is not None:
            yield found


def _clause(part: RowLoop, *tests: ast.expr) -> ast.comprehension:
    return ast.comprehension(ast.Name(part.row, ast.Store()), part.loop.iter, [*tests], 0)


def _found(part: RowLoop) -> LoopFound | None:
    clause = _clause(part, *part.tests)
    inner = ast.GeneratorExp(ast.Name(part.row, ast.Load()), [clause])

    def found(name: str | None, then: tuple[Code, ...], *dropped: ast.stmt) -> LoopFound | None:
        if name is not None and (part.mentions(name, *part.tests) and name != part.row):
            return None
        if name is not None and not part.stays_unseen(name):
            return None
        none = ast.Constant(None)
        given = (part.rows, part.loop.iter, inner, clause, part.row, none)
        return LoopFound(*given, part, name, then, dropped)

    match part.body:
        case [ast.Return(value=ast.Name(id=row))] if row == part.row and part.gives_none_else:
            after = [part.next] if part.next is not None else []
            return found(None, (), *after) if not part.loop.orelse else None
        case [ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=row)), ast.Break()] if (
            row == part.row and name != row and _begins_none(part, name) and not part.loop.orelse
        ):
            return found(name, (), part.begun[name])
        case [ast.Break()]:
            return found(part.row, then) if (then := _for_none(part)) is not None else None
        case [*body, ast.Return() | ast.Raise() | ast.Break() as last] if not part.loop.orelse:
            done = [*body] if isinstance(last, ast.Break) else [*body, last]
            if not done or len(done) > _FEW or not any(map(part.reads_row, done)):
                return None
            if any(isinstance(node, ast.Break | ast.Continue) for s in body for node in walk(s)):
                return None
            return found(part.row, (_under(part, f"{part.row} is not None", *done),))
    return None


def _for_none(part: RowLoop) -> tuple[Code, ...] | None:
    """What is done where a loop that only breaks finds no row; None if it is not known."""
    match part.loop.orelse:
        case [ast.Assign(targets=[ast.Name(id=row)], value=ast.Constant(value=None))] if (
            row == part.row
        ):
            return ()
        case [ast.Raise() | ast.Return() as last] if not part.reads_row(last):
            return (_under(part, f"{part.row} is None", last),)
    return None


def _under(part: RowLoop, test: str, *statements: ast.stmt) -> Code:
    holes = {f"s{n}": Copied(part.scope.place(each)) for n, each in enumerate(statements)}
    lines = "".join(f"\n    {{{name}}}" for name in holes)
    return Code.of(f"if {test}:{lines}", **holes)


def _begins_none(part: RowLoop, name: str) -> bool:
    value = part.first_value(name)
    return isinstance(value, ast.Constant) and value.value is None


def _best(part: RowLoop) -> LoopBest | None:
    match part.body:
        case [ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=row))] if (
            row == part.row and part.tests and not part.loop.orelse
        ):
            pass
        case _:
            return None
    if not _begins_none(part, name) or not part.stays_unseen(name):
        return None
    if name == part.row or part.mentions(name, *part.tests[:-1]):
        return None
    compared = beats(part.tests[-1], name)
    if compared is None:
        return None
    new, sign, old = compared
    match new, old:
        case (
            ast.Attribute(value=ast.Name(id=first), attr=column),
            ast.Attribute(value=ast.Name(id=second), attr=same),
        ) if column == same and {first, second} == {part.row, name}:
            pass
        case _:
            return None
    if first != part.row:
        sign = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}[sign]
    (model,) = models_selected(part.rows.query)
    tests = part.tests[:-1]
    read = part.loop.iter
    by = Sorting(read, model, model.columns.get(column), sign.startswith(">"))
    clause = _clause(part, *tests)
    inner = ast.GeneratorExp(ast.Name(part.row, ast.Load()), [clause])
    given = (part.rows, read, inner, clause, part.row, ast.Constant(None))
    best = LoopBest(*given, by, sign.endswith("="), part, name)
    present = {one for test in tests for one in best.test.present(test)}
    return replace(best, by=replace(by, present=column in present))


def beats(test: ast.expr, name: str) -> tuple[ast.expr, str, ast.expr] | None:
    """The comparison of `best is None or row.total > best.total`: its sides and its sign."""
    match test:
        case ast.BoolOp(op=ast.Or(), values=[none, ast.Compare(left=a, ops=[op], comparators=[b])]):
            pass
        case _:
            return None
    # `not best` is True for 0, too
    if ast.unparse(none) != f"{name} is None":
        return None
    signs = {ast.Lt: "<", ast.Gt: ">", ast.LtE: "<=", ast.GtE: ">="}
    sign = next((text for kind, text in signs.items() if isinstance(op, kind)), None)
    return (a, sign, b) if sign is not None else None


def _list(part: RowLoop) -> LoopList | None:
    match part.body:
        case [
            ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(value=ast.Name(id=name), attr="append"),
                    args=[value],
                    keywords=[],
                )
            )
        ] if (
            part.tests and not part.loop.orelse
        ):
            pass
        case _:
            return None
    match part.first_value(name):
        case ast.List():
            pass
        case ast.Call(func=ast.Name(id="list")) if is_builtin(part.scope, "list"):
            pass
        case _:
            return None
    if part.mentions(name, *part.tests, value) or not part.stays_unseen(name):
        return None
    if not part.fits_comprehension(value):
        return None
    clause = _clause(part, *part.tests)
    inner = ast.ListComp(value, [clause])
    return LoopList(part.rows, part.loop.iter, inner, clause, part.row, part, name)
