"""Names for the numbers of a merged query."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from codemods.orm.naming import free, singular, snake, used_names
from codemods.orm.tallies import Tally
from codemods.orm.terms import Term

if TYPE_CHECKING:
    from codemods.orm.scope import Scope
    from codemods.orm.tally_groups import TallyGroup

_FLAG = re.compile(r"(has|have|any|is|are|exists?)_")
_SIDES = {ast.Gt: "over", ast.GtE: "from", ast.Lt: "below", ast.LtE: "to"}
_NUMBER = re.compile(r"(^|_)(count|counts|total|totals|number|num|n|sum|min|max|avg|average)(_|$)")


def number_names(group: TallyGroup, direct: Sequence[str | None]) -> tuple[str, ...]:
    """A name for each tally: the one that `direct` has for it, or a free one."""
    taken = taken_names(group.scope)
    several = len({tally.question for tally in group.tallies}) > 1
    known: dict[object, str] = {}
    found = []
    for tally, name in zip(group.tallies, direct, strict=True):
        if name is None and several:
            name = known.get(tally.question)
        if name is None:
            wanted = wanted_name(group, tally)
            name = free(wanted, f"{singular(snake(tally.model.name))}_{wanted}", taken=taken)
            taken.add(name)
        known.setdefault(tally.question, name)
        found.append(name)
    return tuple(found)


def taken_names(scope: Scope) -> set[str]:
    """Names that mean something in the function already."""
    taken = used_names(scope.node) | set(dir(builtins))
    for statement in scope.tree.body:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                taken.add(statement.name)
            case _:
                taken |= used_names(statement)
    return taken


def wanted_name(group: TallyGroup, tally: Tally) -> str:
    """A name for a number that has none: of its key, its argument, its target or its condition."""
    own = group.own(tally)
    text = place_name(group, tally)
    if tally.flag:
        text = _FLAG.sub("", text) if _FLAG.match(text) else ""
    if not text and tally.aggregate is not None and not tally.is_count:
        argument = tally.aggregate.argument_node
        column = argument.attr if isinstance(argument, ast.Attribute) else singular_of(tally)
        text = f"{column}_{tally.aggregate.function}"
    if not text and own:
        text = condition_name(own[-1])
    text = identifier(text)
    if not tally.is_count and tally.aggregate is not None:
        return text or f"{tally.aggregate.function}_{singular_of(tally)}"
    if not text or text == "all":
        return "total"
    return text if _NUMBER.search(text) else f"{text}_count"


def singular_of(tally: Tally) -> str:
    return singular(snake(tally.model.name))


def identifier(text: str) -> str:
    text = re.sub(r"\W+", "_", snake(text.strip())).strip("_").lower()
    text = re.sub(r"_+", "_", text)
    return text if text.isascii() and text[:1].isalpha() and len(text) < 40 else ""


def place_name(group: TallyGroup, tally: Tally) -> str:
    """What stands before a number: a dict's key, a keyword, an attribute, a variable."""
    parents = group.scope.parents
    node: ast.AST = tally.expression
    parent = parents.get(node)
    while parent is not None and is_around(parent):
        node, parent = parent, parents.get(parent)
    match parent:
        case ast.Dict(keys=keys, values=values):
            found = (key for key, value in zip(keys, values, strict=True) if value is node)
            return constant(next(found, None))
        case ast.keyword(arg=str() as name):
            return name
        case ast.Assign(targets=[target]):
            return target_text(target, tally)
        case ast.AnnAssign(target=target):
            return target_text(target, tally)
    return ""


def is_around(node: ast.AST) -> bool:
    """True for what may stand between a number and its place: `or 0`, `await`, `int()`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in ("int", "float", "round", "str", "Decimal")
    return isinstance(node, ast.BoolOp | ast.Await | ast.IfExp)


def target_text(target: ast.expr, tally: Tally) -> str:
    match target:
        case ast.Name(id=name):
            return name if tally.is_count else ""
        case ast.Attribute(attr=name):
            return name
        case ast.Subscript(slice=index):
            return constant(index)
    return ""


def constant(node: ast.AST | None) -> str:
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.Attribute(attr=name):
            return name
    return ""


def condition_name(term: Term) -> str:
    """`validated` for `Test.state == TestState.validated`, `active` for `Member.active`."""
    if term.keyword is not None:
        if term.is_boolean:
            return term.keyword if getattr(term.node, "value", True) else f"not_{term.keyword}"
        return constant(term.node) or term.keyword
    match term.node:
        case ast.Compare(
            left=ast.Attribute(attr=name),
            ops=[op],
            comparators=[ast.Constant(value=int() as number)],
        ) if not isinstance(number, bool):
            side = _SIDES.get(type(op))
            return f"{name}_{side}_{number}" if side else f"{name}_{number}"
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            return constant(right) or constant(left)
        case ast.Compare(left=ast.Attribute(attr=name)):
            return name
        case ast.UnaryOp(op=ast.Invert(), operand=ast.Attribute(attr=name)):
            return f"not_{name}"
        case ast.Call(func=ast.Attribute(value=ast.Attribute(attr=name), attr=method)):
            return with_none(name, method, term.node)
        case ast.Attribute(attr=name):
            return name
        case ast.Name(id=name):
            return name
    return ""


def with_none(name: str, method: str, call: ast.Call) -> str:
    """A name for `column.is_(None)` and its opposite."""
    none = [arg for arg in call.args if isinstance(arg, ast.Constant) and arg.value is None]
    if method in ("is_", "any", "has") or not none:
        return f"no_{name}" if none else name
    return f"with_{name}"
