"""The nodes of a syntax tree, at a third of what `ast.walk` costs.

What has no children that matter to anybody (contexts, operators) is left out.
"""

from __future__ import annotations

import ast

_LEAVES = (
    ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop, ast.Name, ast.Constant,
    ast.Global, ast.Nonlocal, ast.MatchSingleton,
)  # fmt: skip


def _fields() -> dict[type, tuple[str, ...]]:
    """The fields of each class of nodes that may hold nodes, in the order of `_fields`."""
    found: dict[type, tuple[str, ...]] = {}
    for kind in vars(ast).values():
        if isinstance(kind, type) and issubclass(kind, ast.AST):
            found[kind] = tuple(name for name in kind._fields if name not in _DATA)
    found |= {kind: () for kind in found if issubclass(kind, _LEAVES)}
    if hasattr(ast, "TypeAlias"):
        found[ast.TypeAlias] = ast.TypeAlias._fields
    return found


# `ctx` and `op` hold leaves, the others text and numbers.
_DATA = frozenset({
    "ctx", "op", "ops", "id", "attr", "arg", "name", "asname", "module", "level", "simple",
    "is_async", "conversion", "kind", "type_comment", "lineno", "tag", "rest", "kwd_attrs", "str",
})  # fmt: skip
_FIELDS = _fields()


def children(node: ast.AST) -> list[ast.AST]:
    """The nodes directly below a node, in the order of its fields."""
    found: list[ast.AST] = []
    for name in _FIELDS[node.__class__]:
        value = getattr(node, name, None)
        if value.__class__ is list:
            found += value
        elif value is not None:
            found.append(value)
    return found if None not in found else [item for item in found if item is not None]


def parameters(node: ast.AST) -> tuple[ast.arg, ...]:
    """The parameters of a function but for `*args` and `**kwargs`; none of what is no function."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return ()
    return (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)


def walk(node: ast.AST) -> list[ast.AST]:
    """A node and all below it, those on one level before the next, as `ast.walk` gives them."""
    found = [node]
    for item in found:
        for name in _FIELDS[item.__class__]:
            value = getattr(item, name, None)
            if value.__class__ is list:
                found += value if None not in value else filter(None, value)
            elif value is not None:
                found.append(value)
    return found
