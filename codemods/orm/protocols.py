"""What operators and builtins do to objects: the special methods that they call."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.orm import callees
from codemods.orm.events import Act
from codemods.orm.instances import Instance
from codemods.orm.values import Items, Row, Unknown, Value

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts
    from codemods.orm.flow import Flow

_COMPARISONS: dict[type[ast.cmpop], tuple[str, ...]] = {
    ast.Eq: ("__eq__",), ast.NotEq: ("__ne__", "__eq__"), ast.Lt: ("__lt__", "__gt__"),
    ast.LtE: ("__le__", "__ge__"), ast.Gt: ("__gt__", "__lt__"), ast.GtE: ("__ge__", "__le__"),
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "truediv", ast.FloorDiv: "floordiv",
    ast.Mod: "mod", ast.Pow: "pow", ast.BitOr: "or", ast.BitAnd: "and", ast.BitXor: "xor",
    ast.LShift: "lshift", ast.RShift: "rshift", ast.MatMult: "matmul",
}  # fmt: skip
# What says whether an object counts as true.
TRUTH = ("__bool__", "__len__")
# What builtins call on their argument, and on each item of it.
BUILTINS = {
    "len": ("__len__",), "bool": TRUTH, "hash": ("__hash__",), "next": ("__next__",),
    "int": ("__int__", "__index__"), "float": ("__float__",), "abs": ("__abs__",),
    "round": ("__round__",), "reversed": ("__reversed__",), "range": ("__index__",),
}  # fmt: skip
OF_ITEMS = {
    "sorted": ("__lt__", "__gt__"), "min": ("__lt__", "__gt__"), "max": ("__gt__", "__lt__"),
    "set": ("__hash__",), "frozenset": ("__hash__",), "any": TRUTH, "all": TRUTH,
    "sum": ("__radd__", "__add__"),
}  # fmt: skip


def used(flow: Flow, node: ast.expr, value: Value, *names: str) -> Value | None:
    """Call the first of these special methods that the object's class has.

    Returns:
        What it returns; None where there is no such method, or nothing is known of what it gives.
    """
    match value:
        case Row(model=model):
            owner = model.full_name
        case Instance(full_name=full_name):
            owner = full_name
        case _:
            return None
    for name in names:
        facts = special(flow, owner, name)
        if facts is not None:
            result = callees.invoke(flow, node, facts, callees.Arguments(open=True), value)
            if result is None:
                flow.effect(Act.CALL, node, callee=facts.qualname, target=value)
            return result
    return None


def special(flow: Flow, owner: str, name: str) -> FunctionFacts | None:
    """A method of the class, or of a class of the project above it."""
    found = flow.index.function(f"{owner}.{name}")
    return found if found is not None and found.owner is not None else None


def truth(flow: Flow, node: ast.expr) -> None:
    """Evaluate a condition."""
    tested(flow, node, flow.ev(node))


def tested(flow: Flow, node: ast.expr, value: Value) -> None:
    """What taking a value for true or false does."""
    if not isinstance(node, ast.BoolOp):
        used(flow, node, value, *TRUTH)


def calculated(flow: Flow, node: ast.BinOp, left: Value, right: Value) -> None:
    """`a + b` of objects that say themselves what that means."""
    name = _OPERATORS.get(type(node.op))
    if name is not None:
        used(flow, node, left, f"__{name}__")
        used(flow, node, right, f"__r{name}__")


def augmented(flow: Flow, node: ast.AugAssign, old: Value, value: Value) -> None:
    """`a += b` of objects that say themselves what that means."""
    name = _OPERATORS.get(type(node.op))
    if name is not None:
        used(flow, node.target, old, f"__i{name}__", f"__{name}__")
        used(flow, node.target, value, f"__r{name}__")
        if isinstance(old, Unknown) and old.tainted and f"__i{name}__" in flow.index.method_names:
            # what a loop binds anew may be an object of a class that says what that means
            callee = f"{ast.unparse(node.target)}.__i{name}__"
            flow.effect(Act.CALL, node.target, callee=callee, receives=True)


def key(flow: Flow, node: ast.expr) -> Value:
    """Evaluate what becomes the key of a dict, or an item of a set."""
    value = flow.ev(node)
    used(flow, node, value, "__hash__")
    return value


def compared(flow: Flow, node: ast.Compare, values: list[Value]) -> None:
    """`a == b`, `a < b`, `a in b` of objects that say themselves what that means."""
    for operator, left, right in zip(node.ops, values, values[1:], strict=False):
        if isinstance(operator, ast.In | ast.NotIn):
            if used(flow, node, right, "__contains__", "__iter__") is None:
                equal(flow, node, left, right)
        else:
            for value in (left, right):
                used(flow, node, value, *_COMPARISONS.get(type(operator), ()))


def equal(flow: Flow, node: ast.expr, value: Value, container: Value) -> None:
    """What looking for a value in a list does: it is compared with the items."""
    used(flow, node, value, "__eq__")
    if isinstance(container, Items):
        used(flow, node, container.element, "__eq__")
