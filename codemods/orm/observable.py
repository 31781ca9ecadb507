"""Whether anybody can tell how far a loop has come before an error."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator, Set
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.containers import MUTATORS
from codemods.orm.events import Act
from codemods.orm.names import LOGGER_METHODS, LOGGER_NAMES, PRINTERS
from codemods.orm.values import Row

if TYPE_CHECKING:
    from codemods.orm.events import Loop
    from codemods.orm.scope import Scope

_WRITING = frozenset({
    "write", "writelines", "writerow", "writerows", "send", "put", "put_nowait",
    # of a path
    "write_text", "write_bytes", "unlink", "mkdir", "rmdir", "touch", "rename", "chmod",
    "symlink_to",
})  # fmt: skip
_PRINTING = frozenset({"print", *(name.rpartition(".")[2] for name in PRINTERS)})
_FRESH = frozenset({
    "list", "dict", "set", "defaultdict", "Counter", "deque", "OrderedDict", "StringIO", "BytesIO",
})  # fmt: skip


def observable(scope: Scope, loop: Loop) -> bool:
    """True if somebody can tell whether the loop has begun before an error of a key.

    It raises another error, prints, logs, or changes what is not a variable of the function, or a
    handler of the function may look at the variables.
    """
    if any(exit_.kind == "raise" and loop in exit_.loops for exit_ in scope.exits):
        return True
    return any(run.raises and loop in run.loops for run in scope.runs) or seen_midway(scope, loop)


def seen_midway(scope: Scope, loop: Loop) -> bool:
    """True if somebody can tell how far the loop came before an error, whichever error it was."""
    return _handled_around(scope, loop) or _somewhere(scope, loop, noticed)


def told_midway(scope: Scope, loop: Loop) -> bool:
    """True if the loop, or what it calls, prints, logs, or writes to what is not its own."""
    return _somewhere(scope, loop, _tells_itself)


def changes_elsewhere(scope: Scope, loop: Loop) -> bool:
    """True if the loop, or what it calls, may set what other code goes by: a variable of a module,
    an attribute of what is no row, a ContextVar, `session.info`."""
    rows = {effect.node for effect in scope.effects if isinstance(effect.target, Row)}

    def does(tree: ast.AST, function: ast.AST) -> bool:
        return _changes(tree, function, MUTATORS | {"set", "reset"}, rows)

    unknown = any(effect.act is Act.CALL and loop in effect.loops for effect in scope.effects)
    return unknown or _somewhere(scope, loop, does)


def _somewhere(scope: Scope, loop: Loop, does: Callable[[ast.AST, ast.AST], bool]) -> bool:
    if does(loop.owner, scope.node):
        return True
    inner = {frame.code.node for frame in scope.flow.frames if loop in frame.loops}
    return any(does(node, node) for node in inner)


def _handled_around(scope: Scope, loop: Loop) -> bool:
    """True if the function goes on after an error of the loop, with the variables as they are."""
    if isinstance(loop.owner, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        return False
    node: ast.AST | None = loop.statement
    while node is not None and node is not scope.node:
        around = scope.parents.get(node)
        if isinstance(around, ast.Try | ast.TryStar) and node in around.body:
            return True
        node = around
    return False


def _tells_itself(tree: ast.AST, function: ast.AST) -> bool:
    return _tells(tree, frozenset(_own_containers(function)))


def _tells(tree: ast.AST, own: frozenset[str]) -> bool:
    """True if code prints, logs, or writes to what is not in these variables."""
    for node in walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _PRINTING:
                return True
            case ast.Call(func=ast.Attribute(value=holder, attr=method)):
                if method in _WRITING and _root(holder) not in own:
                    return True
                if method in LOGGER_METHODS and _last(holder) in LOGGER_NAMES:
                    return True
    return False


def noticed(tree: ast.AST, function: ast.AST) -> bool:
    """True if a part of a function prints, logs, or changes what is not its own."""
    return _changes(tree, function, MUTATORS, frozenset()) or _tells(
        tree, frozenset(_own_containers(function))
    )


def _changes(tree: ast.AST, function: ast.AST, methods: Set[str], rows: Set[ast.AST]) -> bool:
    """True if a part of a function changes what is not its own, by one of these methods too.

    Args:
        rows: the attributes of rows that are assigned, which do not count.
    """
    own = frozenset(_own_containers(function))
    shared = {
        name
        for node in walk(function)
        if isinstance(node, ast.Global | ast.Nonlocal)
        for name in node.names
    }
    for node in walk(tree):
        match node:
            case ast.Attribute(ctx=ast.Store() | ast.Del()) if node not in rows:
                return True
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) if name in shared:
                return True
            case ast.Subscript(value=holder, ctx=ast.Store() | ast.Del()):
                if _root(holder) not in own:
                    return True
            case ast.Call(func=ast.Attribute(value=holder, attr=method)):
                if method in methods and _root(holder) not in own:
                    return True
    return False


def _own_containers(function: ast.AST) -> Iterator[str]:
    """The variables of a function that only ever hold a container which it has made itself."""
    bound: Counter[str] = Counter()
    made: Counter[str] = Counter()
    for node in walk(function):
        match node:
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                bound[name] += 1
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.expr() as value) | ast.AnnAssign(
                target=ast.Name(id=name), value=ast.expr() as value
            ) if _is_fresh(value):
                made[name] += 1
            case ast.AugAssign(target=ast.Name(id=name)):
                made[name] += 1
    return (name for name in made if made[name] == bound[name])


def _is_fresh(value: ast.expr) -> bool:
    match value:
        case ast.List() | ast.Dict() | ast.Set() | ast.ListComp() | ast.SetComp() | ast.DictComp():
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in _FRESH
    return False


def _root(node: ast.expr) -> str | None:
    """The variable whose content an expression is a part of: `counts` in `counts[k].setdefault()`."""
    while True:
        match node:
            case ast.Name(id=name):
                return name
            case ast.Subscript(value=inner) | ast.Call(func=ast.Attribute(value=inner)):
                node = inner
            case _:
                return None


def _last(node: ast.expr) -> str | None:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return None
