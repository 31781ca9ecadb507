"""Functions of the project that only make a value of the data they are given: `clean(name)`."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm.bindings import assigned_names
from codemods.orm.definitions import replaceable
from codemods.orm.elsewhere import is_plain_variable
from codemods.orm.keys import PURE_FUNCTIONS, is_pure
from codemods.orm.plain_answers import is_data
from codemods.orm.values import ANYTHING

if TYPE_CHECKING:
    from codemods.orm.frames import Code, Frame
    from codemods.orm.scope import Scope

# Modules whose functions give the same for the same text or number.
_STEADY = ("re.", "unicodedata.", "math.", "html.", "urllib.parse.", "textwrap.")
# Methods of a dict that a client or a queue may have as well.
_OF_OTHERS = frozenset({"get", "keys", "values", "items"})
_OF_PATTERNS = frozenset({"sub", "subn", "match", "fullmatch", "search", "findall", "split"})


def only_computes(scope: Scope, node: ast.AST) -> bool:
    """True if evaluating it once more, and earlier, changes nothing; it may raise."""
    return is_pure(node, lambda call: _is_known(scope, call))


def _is_known(scope: Scope, call: ast.Call) -> bool:
    """True for a call of such a function with data."""
    flow = scope.flow
    called = [each for each in flow.frames if each.call is call and each.caller is flow.root]
    return bool(called) and all(
        _gets_data(each) and _Body(scope, each.code).computes for each in called
    )


def _gets_data(frame: Frame) -> bool:
    """True if no argument leads to a row, or is one that code can change."""
    node = frame.code.node
    if isinstance(node, ast.Module) or not frame.shown:
        return False
    parameters = _parameters(frame.code)
    if parameters <= frame.data:
        return True
    # of what is assigned to a parameter nothing tells what it was given
    held = (frame.env.get(name, ANYTHING) for name in parameters)
    return parameters.isdisjoint(assigned_names(node)) and all(map(is_data, held))


def _parameters(code: Code) -> set[str]:
    """The parameters of a function, less the object that a method is called on."""
    assert not isinstance(code.node, ast.Module)
    arguments = code.node.args
    names = [each.arg for each in walk(arguments) if isinstance(each, ast.arg)]
    bound = (
        [] if code.owner is None or code.decorators else [*arguments.posonlyargs, *arguments.args]
    )
    return set(names) - {each.arg for each in bound[:1]}


class _Body:
    """The statements of a function whose arguments are data: what binds, decides and gives back.

    Args:
        above: the functions that have led to it.
    """

    def __init__(self, scope: Scope, code: Code, above: tuple[Code, ...] = ()) -> None:
        self._scope = scope
        self._code = code
        self._above = (*above, code)

    @property
    def computes(self) -> bool:
        """True if it does no more than to make a value of the arguments."""
        code, node = self._code, self._code.node
        if not isinstance(node, ast.FunctionDef) or code.facts is None or code.renderer is not None:
            return False
        if set(code.decorators) - {"staticmethod"} or code.facts.is_generator:
            return False
        given = (*node.args.defaults, *node.args.kw_defaults)
        if not all(each is None or isinstance(each, ast.Constant) for each in given):
            return False
        return all(map(self._is_plain, node.body))

    @cached_property
    def _names(self) -> set[str]:
        """What the function binds."""
        return _parameters(self._code) | set(assigned_names(self._code.node))

    def _is_plain(self, node: ast.stmt) -> bool:
        parts: list[ast.expr | None] = []
        inner: list[ast.stmt] = []
        match node:
            case ast.Assign(targets=targets, value=value) if all(map(_is_name, targets)):
                parts = [value]
            case ast.AnnAssign(target=ast.Name(), value=value):
                parts = [value]
            case ast.Return(value=value):
                parts = [value]
            case ast.If(test=test, body=body, orelse=other):
                parts, inner = [test], [*body, *other]
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                pass
            case _:
                return False
        return all(part is None or self._is_value(part) for part in parts) and all(
            map(self._is_plain, inner)
        )

    def _is_value(self, node: ast.expr) -> bool:
        methods = {each.attr for each in walk(node) if isinstance(each, ast.Attribute)}
        if methods & _OF_OTHERS or not is_pure(node, self._is_known):
            return False
        calls = [each for each in walk(node) if isinstance(each, ast.Call)]
        if any(_takes_items(call) for call in calls):
            return False
        functions = {id(call.func) for call in calls}
        owners = {id(each.value) for each in walk(node) if isinstance(each, ast.Attribute)}
        return all(
            each.id in self._names
            or (id(each) in functions and self._is_function(each.id))
            or (id(each) in owners and f"{self._full(each.id)}.".startswith(_STEADY))
            or is_plain_variable(self._scope.flow, self._full(each.id))
            for each in walk(node)
            if isinstance(each, ast.Name)
        )

    def _is_known(self, call: ast.Call) -> bool:
        match call.func:
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if (
                name in _OF_PATTERNS
                and owner not in self._names
                and is_plain_variable(self._scope.flow, self._full(owner))
            ):
                return True
        full = self._full(dotted_name(call.func) or "")
        if full.startswith(_STEADY):
            return True
        program, facts = self._scope.program, self._scope.index.function(full)
        if facts is None or facts.owner is not None or replaceable(program, facts):
            return False
        code = program.code(facts)
        if code is None or code in self._above:
            return False
        return _Body(self._scope, code, self._above).computes

    def _is_function(self, name: str) -> bool:
        """True unless it is the project's own and has the name of one that is known."""
        index, full = self._scope.index, self._full(name)
        own = index.function(full) is not None or index.class_(full) is not None
        return not (own and name in PURE_FUNCTIONS)

    def _full(self, name: str) -> str:
        return self._scope.index.resolve(self._code.module, name) or ""


def _is_name(target: ast.expr) -> bool:
    if isinstance(target, ast.Tuple):
        return all(map(_is_name, target.elts))
    return isinstance(target, ast.Name)


def _takes_items(call: ast.Call) -> bool:
    """True for `min(items)`, which uses up an iterator."""
    return (
        isinstance(call.func, ast.Name) and call.func.id in ("min", "max") and len(call.args) == 1
    )
