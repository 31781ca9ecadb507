"""Whether every row of a query comes to the place where its relationship is read."""

from __future__ import annotations

import ast

from codemods.facts.symbols import dotted_name
from codemods.finding import Precondition
from codemods.orm import choices
from codemods.orm.bindings import assigned_values
from codemods.orm.eager import RowRead
from codemods.orm.events import Branch, Event, Read
from codemods.orm.moments import Moments
from codemods.orm.preconditions import proven, unknown
from codemods.orm.values import Items, ModelClass, Row


def read_every_time(read: RowRead) -> Precondition:
    """Every row that the query gives comes to a read; a guard for a NULL key is the load's own."""
    name, scope = "read-every-time", read.scope
    if read.origin.partial:
        return unknown(scope, name, f"{read.label} is read on some of the rows only", read.first)
    doubt: tuple[str, Event] | None = None
    for item in read.reads:
        doubt = _may_be_skipped(read, item)
        if doubt is None:
            return proven(name, f"{read.label} is read for every row")
    assert doubt is not None
    return unknown(scope, name, doubt[0], doubt[1])


def _may_be_skipped(read: RowRead, item: Read) -> tuple[str, Event] | None:
    outside = set(read.run.branches)
    for branch in item.branches:
        if branch not in outside and not guards(read, item, branch):
            return f"{read.label} is read under a condition, so that it may never be needed", item
    passed = {loop for origin in item.row.origins for loop in origin.via}
    for loop in item.loops:
        items = loop.items
        rows = loop in passed or (
            isinstance(items, Items) and (items.collection or _same(read, items))
        )
        rows = rows or choices.never_empty(items)
        if loop not in read.run.loops and not rows:
            return f"{read.label} is read in a loop over something else, which may be empty", item
    rounds = [loop for loop in item.loops if loop not in read.run.loops]
    if Moments(read.scope).given_up_before(item, rounds):
        return f"{read.label} is read after what may fail, which is handled in the loop", item
    for exit_ in read.scope.all_exits:
        if not read.run.index < exit_.index < item.index or not exit_.skips(item.frame):
            continue
        around = exit_.kind in ("return", "raise") or exit_.loop in item.loops
        conditions = [branch for branch in exit_.branches if branch not in outside]
        if around and not (len(conditions) == 1 and guards(read, item, conditions[0], leaves=True)):
            return f"{read.label} is read after a `{exit_.kind}` that may come first", exit_
    return None


def _same(read: RowRead, items: Items) -> bool:
    """True for a loop over the rows of the same query, which is empty only if they are."""
    return items.run is read.run and isinstance(items.element, Row)


def guards(read: RowRead, item: Read, branch: Branch, leaves: bool = False) -> bool:
    """True for a condition that fails only where a lazy load would send nothing either.

    `if orders:`, `if order.customer_id is not None:`, `if order.customer:` around
    `order.customer.country` and, with `leaves`, their opposites.
    """
    match branch.node:
        case ast.BoolOp(op=ast.And(), values=values):
            return not leaves and all(_is_there(read, item, v, True) for v in values[: branch.arm])
        case ast.If() | ast.IfExp() | ast.comprehension() if branch.test is not None:
            return _is_there(read, item, branch.test, (branch.arm == 0) is not leaves)
    return False


def _is_there(read: RowRead, item: Read, test: ast.expr, present: bool) -> bool:
    """True if `test` says that there are rows, or a key (`present`), or that there are none."""
    match test:
        case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name() as row, ast.expr() as kind]):
            return present and _is_of_subclass(read, item, row, kind)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return _is_there(read, item, inner, not present)
        case ast.BoolOp(op=ast.And(), values=values) if present:
            return all(_is_there(read, item, value, True) for value in values)
        case ast.Compare(left=left, ops=[op], comparators=[ast.Constant(value=None)]):
            wanted = ast.IsNot if present else ast.Is
            return isinstance(op, wanted) and _decides(read, item, left)
        case ast.Compare(left=left, ops=[op], comparators=[ast.Constant(value=int(bound))]):
            signs = (_SOME if present else _NONE).get(bound, ())
            return isinstance(op, signs) and _counts_rows(read, item, left)
    return present and (_decides(read, item, test) or _counts_rows(read, item, test))


# What a number of rows is compared by with 0, and with 1, that says that there are some, or none.
_SOME = {0: (ast.Gt, ast.NotEq), 1: (ast.GtE,)}
_NONE = {0: (ast.Eq, ast.LtE), 1: (ast.Lt,)}


def _counts_rows(read: RowRead, item: Read, node: ast.expr) -> bool:
    """True for `len(rows)`, and for a variable that holds nothing else."""
    match node:
        case ast.Call(func=ast.Name(id="len"), args=[ast.Name() as rows]):
            bound = assigned_values(read.scope.around(rows).node, rows.id)
            return len(bound) == 1 and _holds_rows(read, item, rows)
        case ast.Name(id=name):
            values = assigned_values(read.scope.around(node).node, name)
            return (
                len(values) == 1
                and isinstance(values[0], ast.Call)
                and (_counts_rows(read, item, values[0]))
            )
    return False


def _is_of_subclass(read: RowRead, item: Read, row: ast.Name, kind: ast.expr) -> bool:
    """True if the rows of this class are just those that the option loads for."""
    owner = item.node.value if isinstance(item.node, ast.Attribute) else None
    if read.subclass is None or owner is None or ast.dump(owner) != ast.dump(row):
        return False
    wanted = read.subclass.full_name
    match read.scope.flow.lookup(dotted_name(kind) or ""):
        case ModelClass(model=model) if len(read.path) == 1 and model.full_name == wanted:
            # selectin_polymorphic() does not look at the classes below the one it names
            return not any(wanted in other.parents for other in read.scope.index.models.values())
    return False


def _decides(read: RowRead, item: Read, node: ast.expr) -> bool:
    """True for what has to be there for a load: the rows, the row, or its foreign key."""
    program = read.scope.program
    owner = item.node.value if isinstance(item.node, ast.Attribute) else None
    if program.home(node) is not program.home(item.node):
        owner = None
    if owner is not None and ast.dump(node) == ast.dump(owner):
        return True
    if isinstance(node, ast.Attribute) and owner is not None:
        keys = read.step.relationship.keys if read.step.relationship.found_by_key else ()
        return (node.attr,) == keys and ast.dump(node.value) == ast.dump(owner)
    return isinstance(node, ast.Name) and _holds_rows(read, item, node)


def _holds_rows(read: RowRead, item: Read, name: ast.Name) -> bool:
    """True for the variable that the query's rows, or its one row, were put into."""
    match read.run.inner:
        case ast.Assign(targets=[ast.Name(id=own)]) | ast.AnnAssign(target=ast.Name(id=own)):
            program = read.scope.program
            if program.home(name) is program.home(read.run.node):
                return name.id == own
    for frame in item.frame.chain:
        if frame.code.node is read.scope.around(name).node:
            match frame.env.get(name.id):
                case Items(run=run):
                    return run is read.run
                case Row(origins=origins):
                    # the one row that a function has returned
                    return all(o.run is read.run and not o.path for o in origins)
    return False
