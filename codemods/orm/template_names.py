"""The names of a template: its scopes are not Python's, so each name gets a variable of its own.

A loop, `with`, block, macro and included file hide what they bind; an `if` does not. What a
template does not bind comes from the context, and is a parameter of the function.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class Local:
    """A variable of the function. What it is called is settled when all are known.

    `level` counts those of the same name around it; 0 is a name of the context. `content` is
    "group" or "groups" for what `groupby` gave, "dict" for `kwargs`. `unique` ones share their name with no other.
    """

    name: str
    level: int
    owner: int = 0
    content: str | None = None
    unique: bool = False
    loaded: bool = False
    setters: list[Callable[[str], None]] = field(default_factory=list, repr=False)

    def load(self) -> ast.Name:
        self.loaded = True
        return self._node(ast.Load())

    def store(self) -> ast.Name:
        return self._node(ast.Store())

    def named(self, node: ast.AST, attribute: str = "name") -> None:
        """Give a node that is no Name this variable's name."""
        self.setters.append(lambda text: setattr(node, attribute, text))

    def _node(self, context: ast.expr_context) -> ast.Name:
        node = ast.Name(self.name, context)
        self.named(node, "id")
        return node


@dataclass(eq=False)
class MacroName:
    """A macro, which is a nested function.

    `inner` is the scope of its body, `defaults` what those parameters are that are constant.
    """

    function: Local
    inner: Scope
    parameters: dict[str, Local]
    collected: dict[str, Local]
    defaults: dict[str, str | int | float | None]


@dataclass(eq=False)
class ModuleName:
    """An imported template; None where it is not known."""

    scope: Scope | None
    template: str


@dataclass(eq=False)
class NamespaceName:
    """`namespace(…)`, whose attributes are variables of their own."""

    attributes: dict[str, Local] = field(default_factory=dict)


@dataclass(eq=False)
class LoopName:
    """`loop` in a loop: the loop's target, and the function of a recursive one."""

    target: Any
    function: Local | None


@dataclass(eq=False)
class Lost:
    """A name that is bound to something of which nothing is known."""

    what: str


Binding = Local | MacroName | ModuleName | NamespaceName | LoopName | Lost


@dataclass(eq=False)
class Scope:
    """What a part of a template binds.

    Args:
        parent: where names are looked for that are not bound here.
        around: the scope whose variables are in use meanwhile, `parent` if not given.
        depth: of the function that the code gets into: 0 is the template's.
        context: True for the scope that holds the context.
        unique: True where its variables live on when it is left.
    """

    parent: Scope | None = None
    around: Scope | None = None
    depth: int = 0
    context: bool = False
    unique: bool = False
    conditional: int = 0
    names: dict[str, Binding] = field(default_factory=dict)
    prelude: list[ast.stmt] = field(default_factory=list)

    def child(self, *, around: Scope | None = None, deeper: bool = False) -> Scope:
        return Scope(self, around or self, (around or self).depth + deeper)

    def find(self, name: str) -> Binding | None:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.parent
        return None

    @property
    def root(self) -> Scope:
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def bind(self, name: str) -> Local:
        """A new variable in this scope."""
        local = Local(name, self._level(name), self.depth, unique=self.unique)
        self.names[name] = local
        return local

    def _level(self, name: str) -> int:
        if self.context:
            return 0
        level, scope = 1, self.around
        while scope is not None:
            found = scope.names.get(name)
            level += isinstance(found, Local) and found.level > 0
            scope = scope.around
        return level


def settle(locals_: list[Local], reserved: frozenset[str]) -> set[str]:
    """Call every variable something, without two of them in each other's way.

    Args:
        reserved: names that mean something else in the function.

    Returns:
        All names of the function.
    """
    context = {local.name for local in locals_ if local.level == 0}
    given: dict[tuple[str, int, Local | None], str] = {}
    taken = {*context, *reserved}
    for local in locals_:
        if local.level == 0:
            text = local.name
        else:
            key = local.name, local.level, local if local.unique else None
            if key not in given:
                given[key] = _free(local.name, taken)
                taken.add(given[key])
            text = given[key]
        for setter in local.setters:
            setter(text)
    return taken


def _free(name: str, taken: set[str]) -> str:
    number, text = 1, name
    while text in taken:
        number += 1
        text = f"{name}_{number}"
    return text
