"""What the code does with the list that a lookup gives."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from codemods.facts.nodes import walk
from codemods.orm.moments import end_of, position
from codemods.orm.order import exact_number
from codemods.orm.variables import look_at_all

if TYPE_CHECKING:
    from codemods.orm.events import Run
    from codemods.orm.scope import Scope

_READERS = frozenset({
    "len", "any", "all", "sum", "min", "max", "sorted", "set", "list", "tuple", "bool", "enumerate",
    "frozenset", "reversed", "zip",
})  # fmt: skip
# What a row has of its own, which says how many columns it has.
_OF_ROWS = frozenset(
    {"_asdict", "_mapping", "_fields", "_tuple", "keys", "count", "index", "t", "tuple"}
)
_ORDER_FREE = frozenset({"len", "any", "all", "set", "bool", "frozenset"})


def uses(scope: Scope, node: ast.expr, around: ast.AST) -> Iterator[ast.expr]:
    """The places at which a value is used: itself, or the variable it is assigned to."""
    match scope.parents.get(node):
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            for item in walk(around):
                if isinstance(item, ast.Name) and item.id == name:
                    # `rows += more` changes the list itself
                    changed = isinstance(scope.parents.get(item), ast.AugAssign)
                    if changed or isinstance(item.ctx, ast.Load):
                        yield item
        case _:
            yield node


def only_read(scope: Scope, node: ast.expr, around: ast.AST) -> bool:
    """True if the list is iterated, measured or indexed, and neither kept nor changed."""
    return _outside_free(scope, node, around) and all(
        _is_read(scope, use) for use in uses(scope, node, around)
    )


def only_read_until(scope: Scope, node: ast.expr, last: ast.stmt, then: ast.expr) -> bool:
    """True if the list is only read before `then` is evaluated in the statement `last`; what comes
    after it may do anything with the list."""
    if look_at_all(scope) is not None:
        return False
    return all(
        _is_read(scope, use)
        for use in uses(scope, node, scope.node)
        if position(use) <= end_of(last) and not _held_until(scope, use, then)
    )


def _held_until(scope: Scope, use: ast.expr, then: ast.expr) -> bool:
    """True if a use does no more than to wait in a display until `then` has been evaluated, for
    which both are taken: `return {"rows": rows, "number": query.count()}`."""
    above: ast.AST | None = scope.parents.get(use)
    while isinstance(above, ast.Dict | ast.Tuple | ast.List | ast.keyword):
        if then in set(walk(above)):
            return True
        above = scope.parents.get(above)
    return isinstance(above, ast.Call) and then in set(walk(above)) - set(walk(above.func))


def order_free(scope: Scope, node: ast.expr, around: ast.AST) -> bool:
    """True if the order of the list makes no difference."""
    return _outside_free(scope, node, around) and all(
        _is_order_free(scope, use) for use in uses(scope, node, around)
    )


def _outside_free(scope: Scope, node: ast.expr, around: ast.AST) -> bool:
    """True if a variable that the list is assigned to is read inside `around` alone."""
    match scope.parents.get(node):
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            if look_at_all(scope) is not None:
                return False
            inside = sum(1 for n in walk(around) if isinstance(n, ast.Name) and n.id == name)
            everywhere = sum(
                1 for n in walk(scope.node) if isinstance(n, ast.Name) and n.id == name
            )
            return inside == everywhere
    return True


def only_tested(scope: Scope, target: ast.Name, truth: bool) -> Sequence[ast.Compare] | None:
    """The comparisons with None, if the variable is bound here alone, and all that reads it are
    they and, where `truth` says so, tests for its truth; else None."""
    if isinstance(scope.node, ast.Module) or look_at_all(scope) is not None:
        return None
    reads, compared = 0, list[ast.Compare]()
    for node in walk(scope.node):
        match node:
            case ast.arg(arg=target.id):
                return None
            case ast.Global(names=names) | ast.Nonlocal(names=names) if target.id in names:
                return None
            case ast.Name(id=target.id) if node is not target:
                if not isinstance(node.ctx, ast.Load):
                    return None
                if (test := _with_none(scope, node)) is not None:
                    compared.append(test)
                elif not (truth and _is_tested(scope, node)):
                    return None
                reads += 1
    return compared if reads else None


def _with_none(scope: Scope, node: ast.Name) -> ast.Compare | None:
    """`found is None`, where `not found` can stand for it without brackets."""
    match test := scope.parents.get(node):
        case ast.Compare(left=left, ops=[ast.Is() | ast.IsNot()], comparators=[none]):
            alone = not isinstance(scope.parents.get(test), _BINDS_TIGHTER)
            if left is node and isinstance(none, ast.Constant) and none.value is None and alone:
                return test
    return None


_BINDS_TIGHTER = (
    ast.Compare, ast.BinOp, ast.UnaryOp, ast.Attribute, ast.Subscript, ast.Await, ast.Starred,
)  # fmt: skip


def _is_tested(scope: Scope, node: ast.expr) -> bool:
    match scope.parents.get(node):
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            return test is node
        case ast.UnaryOp(op=ast.Not()):
            return True
        case ast.BoolOp() as several:
            return _is_tested(scope, several)
    return False


def read_again(scope: Scope, run: Run, around: ast.AST) -> bool:
    """True for a Result, which gives its rows once, that `around` reads in several places or in an
    inner loop."""
    assigned = scope.parents.get(run.expression)
    if run.terminal != "iterate" or run.query.style == "legacy":
        return False
    if not isinstance(assigned, ast.Assign | ast.AnnAssign):
        return False
    reads = list(uses(scope, run.expression, around))
    return len(reads) != 1 or _is_repeated(scope, reads[0], around)


def _is_repeated(scope: Scope, read: ast.expr, around: ast.AST) -> bool:
    """True if an inner loop or function of `around` may come to a place again."""
    node: ast.AST = read
    while node is not around:
        outer = scope.parents[node]
        if outer is around:
            return False
        match outer:
            case ast.For() | ast.AsyncFor() if outer.iter is not node:
                return True
            case ast.While() | ast.Lambda() | ast.FunctionDef() | ast.AsyncFunctionDef():
                return True
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                if outer.generators[0] is not node:
                    return True
        node = outer
    return False


def _is_read(scope: Scope, use: ast.expr) -> bool:
    match scope.parents.get(use):
        case ast.For(iter=iterable) | ast.comprehension(iter=iterable):
            return iterable is use
        case ast.Call(func=ast.Name(id=name)):
            return name in _READERS
        case ast.Subscript(value=value, ctx=ast.Load()) as item:
            return value is use and not isinstance(item.slice, ast.Slice)
        case ast.If() | ast.IfExp() | ast.UnaryOp(op=ast.Not()) | ast.Compare():
            return True
    return False


def _is_order_free(scope: Scope, use: ast.expr) -> bool:
    match scope.parents.get(use):
        case ast.Call(func=ast.Name(id=name)):
            return name in _ORDER_FREE
        case ast.If(test=test) | ast.IfExp(test=test):
            return test is use
        case ast.UnaryOp(op=ast.Not()):
            return True
        case ast.comprehension() as clause:
            return _is_gathered(scope, scope.parents.get(clause))
    return False


def _is_gathered(scope: Scope, node: ast.AST | None) -> bool:
    """True for a comprehension that gives the same in any order: a set, what is counted, tested
    or added up, and a list of which no more is done."""
    if isinstance(node, ast.SetComp):
        return True
    if not isinstance(node, ast.GeneratorExp | ast.ListComp):
        return False
    match scope.parents.get(node):
        case ast.Call(func=ast.Name(id="sum"), args=[only], keywords=[]):
            return only is node and exact_number(scope, node.elt)
        case ast.Call(func=ast.Name(id=name)):
            return name in _ORDER_FREE
        case ast.Assign(targets=[ast.Name(id=name)]) if isinstance(node, ast.ListComp):
            quiet = not any(isinstance(item, _ACTING) for item in walk(node))
            return quiet and _bound_once(scope, name) and order_free(scope, node, scope.node)
    return False


# What may do something for each item, in their order.
_ACTING = (ast.Call, ast.Await, ast.NamedExpr, ast.Yield, ast.YieldFrom)


def _bound_once(scope: Scope, name: str) -> bool:
    """True for a variable of the function alone that is assigned in one place."""
    bound = 0
    for node in walk(scope.node):
        match node:
            case ast.arg(arg=found) if found == name:
                return False
            case ast.Global(names=names) | ast.Nonlocal(names=names) if name in names:
                return False
            case ast.Name(id=found, ctx=ast.Store() | ast.Del()) if found == name:
                bound += 1
    return bound == 1 and not isinstance(scope.node, ast.Module)


def row_read_by_name(scope: Scope, node: ast.expr, around: ast.AST, count: int) -> bool:
    """True if a row of columns is tested, indexed or read by attribute, and nothing else."""
    if _reads_part(scope, node, count):
        return True
    match scope.parents.get(node):
        case ast.Assign(targets=[ast.Name()]) | ast.AnnAssign(target=ast.Name()):
            pass
        case _:
            return False
    return _outside_free(scope, node, around) and all(
        _reads_part(scope, use, count) or _is_only_tested(scope, use)
        for use in uses(scope, node, around)
    )


def _reads_part(scope: Scope, row: ast.expr, count: int) -> bool:
    """True for `row.name`, and for an index of one of the first `count` columns."""
    match scope.parents.get(row):
        case ast.Attribute(attr=name):
            return name not in _OF_ROWS
        case ast.Subscript(slice=ast.Constant(value=int() as position)):
            return 0 <= position < count
    return False


def _is_only_tested(scope: Scope, node: ast.expr) -> bool:
    """True where only whether there is something is asked."""
    match scope.parents.get(node):
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            return test is node
        case ast.UnaryOp(op=ast.Not()):
            return True
        case ast.Compare(ops=[ast.Is() | ast.IsNot()], comparators=[ast.Constant(value=None)]):
            return True
        case ast.BoolOp(op=op, values=values) as both:
            # `row and row.day` is None where there is no row
            ends = values[-1] is node or isinstance(op, ast.Or)
            return not ends or _is_only_tested(scope, both)
    return False


def rows_of_columns(
    scope: Scope, node: ast.expr, around: ast.AST, count: int
) -> Literal["names", "unpacked"] | None:
    """How the rows of a list are read: by name or index, or unpacked; None for anything else."""
    if not _outside_free(scope, node, around):
        return None
    found: set[Literal["names", "unpacked"]] = set()
    for use in uses(scope, node, around):
        match scope.parents.get(use):
            case ast.For(target=target, iter=source) | ast.comprehension(
                target=target, iter=source
            ) if (source is use):
                read = _as_columns(scope, target, count)
                if read is None:
                    return None
                found.add(read)
            case ast.Call(func=ast.Name(id="len" | "bool")):
                continue
            case _ if _is_only_tested(scope, use):
                continue
            case _:
                return None
    return found.pop() if len(found) == 1 else None


def _as_columns(scope: Scope, target: ast.expr, count: int) -> Literal["names", "unpacked"] | None:
    match target:
        case ast.Tuple(elts=names) if len(names) == count:
            return "unpacked" if all(isinstance(name, ast.Name) for name in names) else None
        case ast.Name(id=name):
            reads = [n for n in walk(scope.node) if isinstance(n, ast.Name) and n.id == name]
        case _:
            return None
    for read in reads:
        match scope.parents.get(read):
            case ast.Attribute(ctx=ast.Load(), attr=attribute) if attribute not in _OF_ROWS:
                continue
            case ast.Subscript(slice=ast.Constant(value=int() as at)) if 0 <= at < count:
                continue
        if read is not target:
            return None
    return "names"


def read_by_position(scope: Scope, node: ast.expr, around: ast.AST) -> bool:
    """True if a row of columns is indexed."""
    read = [node, *uses(scope, node, around)] if row_read_by_name(scope, node, around, 1) else []
    return any(isinstance(scope.parents.get(use), ast.Subscript) for use in read)
