"""Context managers of the project: what runs before and after the body of a `with`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm import callees
from codemods.orm.definitions import wrapped
from codemods.orm.frames import Frame
from codemods.orm.instances import Instance
from codemods.orm.values import Plain, Value

if TYPE_CHECKING:
    from codemods.orm.callees import Arguments
    from codemods.orm.file_tree import FunctionNode
    from codemods.orm.flow import Flow
    from codemods.orm.frames import Code

_DECORATORS = ("contextmanager", "asynccontextmanager")
_PLAIN = ("staticmethod", "classmethod", "property")


@dataclass(frozen=True, eq=False)
class Manager(Value):
    """What a call of a generator function with `@contextmanager` gives: nothing of it has run."""

    code: Code
    arguments: Arguments
    receiver: Value | None = None

    @property
    def tainted(self) -> bool:
        return True


def is_manager(decorators: tuple[str, ...]) -> bool:
    """True for the decorators of a generator that is a context manager."""
    names = {name.rpartition(".")[2] for name in decorators}
    return bool(names & set(_DECORATORS)) and names <= {*_DECORATORS, *_PLAIN}


def entered(
    flow: Flow, node: ast.With | ast.AsyncWith, item: ast.withitem, value: Value,
    body: Callable[[], bool],
) -> bool | None:  # fmt: skip
    """Walk `body` inside a context manager of the project.

    Returns:
        True if what follows the body is not reached; None where the manager cannot be followed,
        and nothing has been walked.
    """
    match value:
        case Manager() if _yields_once(value.code.node):
            return _generated(flow, node, item, value, body)
        case Instance():
            return _of_object(flow, node, item, value, body)
    return None


def _generated(
    flow: Flow, node: ast.With | ast.AsyncWith, item: ast.withitem, manager: Manager,
    body: Callable[[], bool],
) -> bool:  # fmt: skip
    """The part before the `yield`, the body, the part after it."""
    ends = False
    frame = Frame(manager.code, flow.frame, item.context_expr, manager.receiver is not None)
    around = flow.tries
    state = (flow.frame, flow.env, flow.statement, flow.outer, flow.dotted, flow.awaiting)

    def resumed(value: Value) -> None:
        nonlocal ends, state
        inside = (flow.frame, flow.env, flow.statement, flow.outer, flow.dotted, flow.awaiting)
        tries = flow.tries
        flow.frame, flow.env, flow.statement, flow.outer, flow.dotted, flow.awaiting = state
        flow.tries = around
        if item.optional_vars is not None:
            flow.assign(item.optional_vars, value, None)
        ends = body()
        state = (flow.frame, flow.env, flow.statement, flow.outer, flow.dotted, flow.awaiting)
        flow.frame, flow.env, flow.statement, flow.outer, flow.dotted, flow.awaiting = inside
        flow.tries = tries
        frame.resumed, frame.within = len(flow.events), node

    flow.program.adopt(manager.code)
    with flow.entering(frame):
        callees.bind(flow, manager.code, manager.arguments, manager.receiver)
        frame.on_yield = resumed
        assert not isinstance(manager.code.node, ast.Module)
        flow.block(manager.code.node.body)
    flow.env = state[1]
    flow.statement = node
    return ends


def _yields_once(function: FunctionNode | ast.Module) -> bool:
    """True if the body of the `with` runs just where the only `yield` stands, and an error of it
    goes on to the caller."""
    path = _path_to_yield(function)
    if path is None:
        return False
    for statement in path:
        match statement:
            case ast.Try(handlers=handlers, finalbody=final):
                if not all(_raises(handler.body) for handler in handlers):
                    return False
                if any(isinstance(part, ast.Return) for item in final for part in walk(item)):
                    return False
            case ast.With() | ast.AsyncWith() | ast.Expr() | ast.Assign():
                pass
            case _:
                return False
    return True


def _raises(statements: list[ast.stmt]) -> bool:
    """True for a handler that does not keep the error to itself."""
    leaving = (ast.Return, ast.Yield, ast.YieldFrom)
    return isinstance(statements[-1], ast.Raise) and not any(
        isinstance(part, leaving) for item in statements for part in walk(item)
    )


def _path_to_yield(function: FunctionNode | ast.Module) -> list[ast.stmt] | None:
    """The statements around the only `yield`, which is a statement or what a variable is given."""
    found = [path for path in _paths(function.body, []) if path is not None]
    count = sum(isinstance(item, ast.Yield | ast.YieldFrom) for item in walk(function))
    return found[0] if len(found) == count == 1 else None


def _paths(statements: list[ast.stmt], above: list[ast.stmt]) -> Iterator[list[ast.stmt]]:
    for statement in statements:
        path = [*above, statement]
        match statement:
            case ast.Expr(value=ast.Yield()) | ast.Assign(value=ast.Yield()):
                yield path
            case ast.Try(body=body) | ast.With(body=body) | ast.AsyncWith(body=body):
                yield from _paths(body, path)


def _of_object(
    flow: Flow, node: ast.With | ast.AsyncWith, item: ast.withitem, owner: Instance,
    body: Callable[[], bool],
) -> bool | None:  # fmt: skip
    """`__enter__`, the body, `__exit__`."""
    kind = "a" if isinstance(node, ast.AsyncWith) else "_"
    names = ("__aenter__", "__aexit__") if kind == "a" else ("__enter__", "__exit__")
    codes = [_method(flow, owner, name) for name in names]
    enter, leave = codes
    if enter is None or leave is None or _may_suppress(leave):
        return None
    value = callees.enter(flow, item.context_expr, enter, callees.Arguments(), owner)
    value = callees.promised(flow, enter, value)
    if item.optional_vars is not None:
        flow.assign(item.optional_vars, value, None)
    ends = body()
    flow.statement = node
    raised = callees.Arguments((Plain(), Plain(), Plain()))
    callees.enter(flow, node, leave, raised, owner)
    return ends


def _method(flow: Flow, owner: Instance, name: str) -> Code | None:
    """A special method that runs as it is written."""
    facts = flow.index.function(f"{owner.full_name}.{name}")
    if facts is None or facts.owner is None or wrapped(flow.index, facts):
        return None
    if not owner.exact and flow.index.overridden(owner.full_name, name):
        return None
    code = flow.program.code(facts)
    if code is None or any(frame.code.node is code.node for frame in flow.frame.chain):
        return None
    return code


def _may_suppress(code: Code) -> bool:
    """True if `__exit__` may keep an error to itself."""
    return any(
        isinstance(item, ast.Return)
        and item.value is not None
        and not (isinstance(item.value, ast.Constant) and not item.value.value)
        for item in walk(code.node)
    )
