"""What names mean in one function, told from its tree and its module."""

from __future__ import annotations

import ast
from functools import cached_property

from codemods.facts.nodes import walk
from codemods.facts.values import ModuleFacts
from codemods.orm.declarations import Declarations


class LocalNames:
    """What names mean in a function.

    Args:
        facts: the module of the function.
        node: the function, or the module for its own statements.
        owner: the full name of the class that a method belongs to.
    """

    def __init__(
        self,
        known: Declarations,
        facts: ModuleFacts,
        node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Module | None = None,
        owner: str | None = None,
    ) -> None:
        self.known = known
        self.facts = facts
        self.owner = owner
        self._node = node

    @cached_property
    def _stored(self) -> dict[str, list[ast.expr | None]]:
        """What each name is bound to, once for each place that binds it."""
        found: dict[str, list[ast.expr | None]] = {}
        if self._node is None or isinstance(self._node, ast.Module):
            return found
        values: dict[int, ast.expr] = {}
        for node in walk(self._node):
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                values |= {id(target): node.value for target in targets}
            elif isinstance(node, ast.arg):
                found.setdefault(node.arg, []).append(None)
            elif isinstance(node, ast.Global | ast.Nonlocal):
                for name in node.names:
                    found.setdefault(name, []).append(None)
        for node in walk(self._node):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                found.setdefault(node.id, []).append(values.get(id(node)))
        return found

    def binds(self, name: str) -> bool:
        """True if the function itself gives the name a value."""
        return name in self._stored

    def assigned(self, name: str) -> ast.expr | None:
        """The one value that a local name ever gets."""
        values = self._stored.get(name, [])
        return values[0] if len(values) == 1 else None

    def resolve(self, dotted: str) -> str | None:
        """The full name of what a name of the module, or an attribute of `self`, is."""
        first, _, rest = dotted.partition(".")
        if first in ("self", "cls") and self.owner is not None:
            return f"{self.owner}.{rest}" if rest else self.owner
        if first in self._stored:
            return None
        return self.known.resolve(self.facts, dotted)
