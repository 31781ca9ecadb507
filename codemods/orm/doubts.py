"""Reads of which it is doubtful whether they load anything: no finding is better than a wrong one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.eager import path_names, unclear
from codemods.orm.frames import Frame
from codemods.orm.names import EAGER
from codemods.orm.values import Step

if TYPE_CHECKING:
    from codemods.orm.eager import RowRead
    from codemods.orm.events import Branch, Read


def doubtful(read: RowRead) -> bool:
    """True if the rows may well have what is read, or if it may well never be read."""
    return (
        _loaded_by_options(read)
        or _parent_is_given(read)
        or all(_switched_off(read, item) for item in read.reads)
    )


# Options that are not understood ------------------------------------------------------------


def _loaded_by_options(read: RowRead) -> bool:
    """True if an option that is not understood may be the one that loads it."""
    query, scope = read.query, read.scope
    named = re.compile(rf"\b{re.escape(read.step.relationship.name)}\b")
    given = [item for call in query.option_calls for item in call.args]
    known = unclear(query, path_names(read.path))
    nodes = [loader.node for loader in known if loader is not None]
    if any(_kept_in_a_variable(item) for item in (*given, *nodes)):
        function = scope.around(query.option_calls[-1]).node
        return any(named.search(ast.unparse(item)) for item in _loader_calls(function))
    if None in known:
        nodes += given
    return any(named.search(scope.text(item)) or not isinstance(item, ast.Call) for item in nodes)


def _kept_in_a_variable(node: ast.expr) -> bool:
    return isinstance(node.value if isinstance(node, ast.Starred) else node, ast.Name)


def _loader_calls(function: ast.AST) -> Iterator[ast.Call]:
    """Calls of options, which add to the one that they are called on before SQLAlchemy 2.0."""
    for node in walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if name in EAGER:
                yield ast.Call(ast.Name(name, ast.Load()), node.args, [])


# The parent of the rows is at hand -----------------------------------------------------------


def _parent_is_given(read: RowRead) -> bool:
    """True if a list of conditions that the caller hands in asks for the rows of one target."""
    first = read.path[0]
    if first.relationship.direction != "many-to-one" or len(read.path) > 1:
        return False
    return any(_asks_for_one(item, first) for item in _handed_conditions(read))


def _handed_conditions(read: RowRead) -> Iterator[ast.expr]:
    for call in read.query.calls:
        for argument in call.node.args if call.method in ("filter", "where") else ():
            frame: Frame | None = read.run.frame
            match argument:
                case ast.Starred(value=ast.Name(id=name)) if frame and frame.hands_on(name):
                    given = frame.argument(name)
                    if isinstance(given, ast.List | ast.Tuple):
                        yield from given.elts


def _asks_for_one(node: ast.expr, step: Step) -> bool:
    match node:
        case ast.Compare(left=ast.Attribute(attr=name), ops=[ast.Eq()]):
            return name == step.relationship.name or (name,) == step.relationship.keys
    return False


# Flags that are handed through `**options` ---------------------------------------------------


def _switched_off(read: RowRead, item: Read) -> bool:
    """True if the read stands under a flag that nobody is seen to switch on."""
    return any(_is_off(read, item.frame, branch) for branch in item.branches)


def _is_off(read: RowRead, frame: Frame, branch: Branch) -> bool:
    if not isinstance(branch.node, ast.If | ast.IfExp) or not isinstance(branch.test, ast.Name):
        return False
    call, node, name = frame.call, frame.code.node, branch.test.id
    if not isinstance(call, ast.Call) or isinstance(node, ast.Module) or branch.arm != 0:
        return False
    named = {keyword.arg for keyword in call.keywords}
    if None not in named or name in named:
        return False
    given = [*_constants(read.scope.node, name), *_default(node.args, name)]
    return bool(given) and not given[0]


def _constants(node: ast.AST, name: str) -> Iterator[object]:
    """What calls in the function that is looked at give for a keyword."""
    for item in walk(node):
        if isinstance(item, ast.keyword) and item.arg == name:
            yield item.value.value if isinstance(item.value, ast.Constant) else True


def _default(arguments: ast.arguments, name: str) -> Iterator[object]:
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs = [
        *zip(reversed(positional), reversed(arguments.defaults), strict=False),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    for item, default in pairs:
        if item.arg == name and isinstance(default, ast.Constant):
            yield default.value
