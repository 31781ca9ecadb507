"""The rows that a query gives as a list, and every place that reads the list."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.events import Run
from codemods.orm.grouping import is_assertion
from codemods.orm.query import Query
from codemods.orm.query_code import sent_query
from codemods.orm.values import ColumnRef, Symbol
from codemods.orm.variables import look_at_all

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

Assigned = ast.Assign | ast.AnnAssign
_LISTS = frozenset({"list", "tuple"})
_INNER = (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, eq=False)
class RowList:
    """All rows of one query of a function.

    `expression` gives them (`query.all()`, `list(query)`, or the query that a loop goes over),
    `assigned` is the statement that gives them a name, and `reads` are the places that use them:
    the expression itself or the name's. `query_node` is the query or the SELECT before it is sent.
    `result` is the statement before that keeps the Result which the expression reads.
    """

    scope: Scope
    run: Run
    expression: ast.expr
    query_node: ast.expr
    assigned: Assigned | None
    reads: tuple[ast.expr, ...]
    result: ast.Assign | None = None

    @property
    def query(self) -> Query:
        return self.run.query

    @property
    def legacy(self) -> bool:
        return self.query.style == "legacy"

    @property
    def uniqued(self) -> bool:
        """True if a row that a join repeats comes only once."""
        if self.legacy:
            return any(entity.model is not None for entity in self.query.entities)
        return "unique" in self.run.chain


def row_lists(scope: Scope, *terminals: str) -> Iterator[RowList]:
    """Every list of rows, or other answer, of which the function's own code shows all uses."""
    for run in scope.own_runs:
        if run.terminal not in terminals or run.streamed or run.query.kind != "select":
            continue
        if run.awaited_elsewhere:
            continue
        if at_most_one(run.query) or is_asserted(scope, run.expression):
            continue
        if run.expression not in scope.parents or (query_node := sent_query(run)) is None:
            continue
        result = None
        if not any(node is run.node for node in walk(run.expression)):
            result = result_of(scope, run)
            if result is None:
                continue
        expression = wrapped(scope, run.expression)
        match scope.parents.get(expression):
            case (
                ast.Assign(targets=[ast.Name(id=name)])
                | ast.AnnAssign(target=ast.Name(id=name)) as assigned
            ):
                reads = _bound_again(scope, name, assigned) or reads_of(scope, name, assigned)
                query = run.terminal == "iterate" and expression is run.expression
                # a Result is read once, a Query is sent again by each loop
                if all(is_asserted(scope, read) for read in reads):
                    continue
                if not (query and (run.query.style == "legacy" or len(reads) > 1)):
                    yield RowList(scope, run, expression, query_node, assigned, reads, result)
            case _:
                yield RowList(scope, run, expression, query_node, None, (expression,), result)


def at_most_one(query: Query) -> bool:
    """True if a condition on a unique key leaves one row at most."""
    model = query.entities[0].model if query.entities else None
    value = query.entities[0].value if query.entities else None
    if isinstance(value, ColumnRef):
        model = value.model
    if model is None or query.joins or query.conditional:
        return query.limit == 1
    keys = {
        p.column.name for p in query.predicates if p.is_equality and p.model is model if p.column
    }
    return query.limit == 1 or model.is_unique(frozenset(keys))


def is_used_again(rows: RowList) -> bool:
    """True if a loop that the query is not in goes over the rows anew for each of its items."""
    scope = rows.scope
    if rows.assigned is None:
        return False
    around = set(_ancestors(scope, rows.assigned))
    return any(
        _is_repeated(below, above)
        for read in rows.reads
        for below, above in pairwise(_ancestors(scope, read))
        if above not in around
    )


def _is_repeated(part: ast.AST, whole: ast.AST) -> bool:
    """True for a part of a loop that its iterations evaluate."""
    match whole:
        case ast.For(iter=source) | ast.AsyncFor(iter=source) | ast.comprehension(iter=source):
            return part is not source
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return part is not whole.generators[0]
    return isinstance(whole, ast.While)


def _ancestors(scope: Scope, node: ast.AST) -> Iterator[ast.AST]:
    above: ast.AST | None = node
    while above is not None:
        yield above
        above = scope.parents.get(above)


def is_asserted(scope: Scope, node: ast.AST) -> bool:
    """True for a place in an assertion, of which the data is as small as the test."""
    above: ast.AST | None = node
    while above is not None and not isinstance(above, ast.stmt):
        above = scope.parents.get(above)
    return isinstance(above, ast.stmt) and is_assertion(above)


def result_of(scope: Scope, run: Run) -> ast.Assign | None:
    """`result = session.execute(…)`, right before the statement that alone reads the result.

    A loop over it may have variables that begin in between, such as `total = 0`.
    """
    block, position = scope.flow.blocks.get(run.statement, ([], 0))
    following = list(block[position + 1 :])
    while following and is_beginning(following[0]) and _goes_on_to_loop(following):
        del following[0]
    match block[position : position + 1] + following[:1]:
        case [ast.Assign(targets=[ast.Name(id=name)], value=value) as assigned, after]:
            sent = value.value if isinstance(value, ast.Await) else value
            reads = reads_of(scope, name, assigned)
            if isinstance(after, ast.For):
                inside = set(walk(after.iter))
            else:
                inside = set(walk(after)) if not hasattr(after, "body") else set()
            if sent is run.node and len(reads) == 1 and {*reads, run.expression} <= inside:
                return assigned
    return None


def _goes_on_to_loop(statements: list[ast.stmt]) -> bool:
    """True if a loop comes next, but for variables that begin."""
    return next((isinstance(s, ast.For) for s in statements if not is_beginning(s)), False)


def is_beginning(statement: ast.stmt) -> bool:
    """True for `total = 0`, `found = None`, `names = []`: a value that nothing is asked for."""
    match statement:
        case ast.Assign(targets=[ast.Name()], value=value):
            pass
        case ast.AnnAssign(target=ast.Name(), value=ast.expr() as value):
            pass
        case _:
            return False
    match value:
        case ast.Constant() | ast.UnaryOp(operand=ast.Constant()) | ast.List(elts=[]):
            return True
        case ast.Call(func=ast.Name(id="Decimal"), args=[ast.Constant()], keywords=[]):
            return True
        case ast.Call(func=ast.Name(id="list"), args=[], keywords=[]):
            return True
    return False


def wrapped(scope: Scope, expression: ast.expr) -> ast.expr:
    """The expression with the `list()` or `tuple()` that makes a list of what it gives."""
    match scope.parents.get(expression):
        case ast.Call(func=ast.Name(id=name), args=[only], keywords=[]) as call if (
            name in _LISTS and only is expression and is_builtin(scope, name)
        ):
            return call
    return expression


def reads_of(scope: Scope, name: str, assigned: Assigned) -> tuple[ast.expr, ...]:
    """Every place that reads a variable which is bound once; empty where that is not so."""
    if isinstance(scope.node, ast.Module) or look_at_all(scope) is not None:
        return ()
    target = assigned.targets[0] if isinstance(assigned, ast.Assign) else assigned.target
    found: list[ast.expr] = []
    for node in scope.one(_naming).get(name, ()):
        if node is target:
            continue
        if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
            return ()
        if is_inner(scope, node):
            return ()
        found.append(node)
    return tuple(sorted(found, key=lambda node: (node.lineno, node.col_offset)))


def _bound_again(scope: Scope, name: str, assigned: Assigned) -> tuple[ast.expr, ...] | None:
    """The reads of `rows = [row for row in rows if …]` right behind the list of that name."""
    if isinstance(scope.node, ast.Module) or look_at_all(scope) is not None:
        return None
    block, position = scope.flow.blocks.get(assigned, ([], 0))
    match block[position + 1 : position + 2]:
        case [ast.Assign(targets=[ast.Name(id=other)], value=value)] if other == name:
            pass
        case _:
            return None
    nodes = scope.one(_naming).get(name, ())
    around = set(_ancestors(scope, assigned))
    if any(isinstance(each, ast.Try | ast.TryStar) for each in around):
        # a handler may find the list where the next statement fails
        return None
    if any(isinstance(node, ast.Global | ast.Nonlocal) for node in nodes):
        return None
    inside = [node for node in walk(value) if isinstance(node, ast.Name) and node.id == name]
    # a comprehension or a lambda may have a variable of that name
    if not inside or any(is_inner(scope, n) or not isinstance(n.ctx, ast.Load) for n in inside):
        return None
    return tuple(inside)


def _naming(scope: Scope) -> dict[str, list[ast.AST]]:
    """What reads or binds a variable of a function, by its name."""
    found: dict[str, list[ast.AST]] = {}
    for node in walk(scope.node):
        names: list[str] = []
        match node:
            case ast.Name(id=name) | ast.arg(arg=name):
                names = [name]
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                names = [name]
            case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                names = [name]
            case ast.Global() | ast.Nonlocal():
                names = node.names
        for name in names:
            found.setdefault(name, []).append(node)
    return found


def is_inner(scope: Scope, node: ast.AST) -> bool:
    """True if the place stands in a function of its own."""
    above = scope.parents.get(node)
    while above is not None and above is not scope.node:
        if isinstance(above, _INNER):
            return True
        above = scope.parents.get(above)
    return False


def is_builtin(scope: Scope, name: str) -> bool:
    """True if a name still is the builtin function."""
    match scope.flow.lookup(name):
        case Symbol(full_name=full_name):
            return full_name == f"builtins.{name}"
    return False


def length_of(scope: Scope, read: ast.expr) -> ast.Call | None:
    """`len(rows)` around a read."""
    match scope.parents.get(read):
        case ast.Call(
            func=ast.Name(id="len"), args=[only], keywords=[]
        ) as call if only is read and is_builtin(scope, "len"):
            return call
    return None


@dataclass(frozen=True)
class Test:
    """A test for whether there is a row; `negated` where it asks whether there is none."""

    node: ast.expr
    negated: bool = False


def test_of(scope: Scope, read: ast.expr, number: bool = False) -> Test | None:
    """The test of a list, or of the `number` of its rows, that is all that a read is for."""
    parent = scope.parents.get(read)
    match parent:
        case ast.Call(
            func=ast.Name(id="bool"), args=[only], keywords=[]
        ) if only is read and is_builtin(scope, "bool"):
            return Test(parent)
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            if not number:
                return _empty_list(parent, read)
            return _compared(parent, read, operator, left, right)
    return Test(read) if is_tested(scope, read) else None


def none_test(scope: Scope, read: ast.expr) -> Test | None:
    """`row is None` or its like, which is all that a read is for."""
    match scope.parents.get(read):
        case ast.Compare(left=left, ops=[operator], comparators=[ast.Constant(value=None)]) as test:
            if left is read and isinstance(operator, ast.Is | ast.IsNot):
                return Test(test, isinstance(operator, ast.Is))
    return None


def _empty_list(node: ast.Compare, read: ast.expr) -> Test | None:
    match node:
        case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq() as op], comparators=[ast.List([])]):
            return Test(node, isinstance(op, ast.Eq)) if left is read else None
    return None


# What `count OPERATOR number` says: True for "there are some", False for "there are none".
_SAYS: dict[tuple[type[ast.cmpop], int], bool] = {
    (ast.Gt, 0): True, (ast.GtE, 1): True, (ast.NotEq, 0): True,
    (ast.Eq, 0): False, (ast.Lt, 1): False, (ast.LtE, 0): False,
}  # fmt: skip
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Lt: ast.Gt, ast.LtE: ast.GtE,
}  # fmt: skip


def _compared(
    node: ast.expr, read: ast.expr, operator: ast.cmpop, left: ast.expr, right: ast.expr
) -> Test | None:
    kind, other = type(operator), right
    if right is read:
        kind, other = _MIRRORED.get(kind, kind), left
    match other:
        case ast.Constant(value=int() as value) if not isinstance(value, bool):
            says = _SAYS.get((kind, value))
            return None if says is None else Test(node, not says)
    return None


def is_tested(scope: Scope, node: ast.expr) -> bool:
    """True if only the truth of an expression counts."""
    match scope.parents.get(node):
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            return test is node
        case ast.UnaryOp(op=ast.Not()):
            return True
        case ast.comprehension(ifs=tests):
            return node in tests
        case ast.BoolOp() as several:
            return is_tested(scope, several)
    return False
