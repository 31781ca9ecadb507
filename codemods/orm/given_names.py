"""What a function that is called names things by, in the names of the function that calls it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.orm.eager_options import circular, class_name, typing_only
from codemods.orm.same_objects import kept_as, only_keeps, other_name
from codemods.orm.values import Cell, Row
from codemods.patch import Code, Copied, Patch

if TYPE_CHECKING:
    from codemods.facts.values import ModuleFacts
    from codemods.orm.frames import Frame
    from codemods.orm.scope import Scope
    from codemods.orm.values import Value


def is_name(node: ast.expr) -> bool:
    """True for a constant, `session` and `self.session`."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name | ast.Constant)


class GivenNames:
    """Says in a loop's function what an expression of a function is that it calls.

    `leaves` are the expressions of the loop's function that have been used, `imports` what it needs,
    `read` the attributes by which it names what an object keeps to itself.
    """

    def __init__(self, scope: Scope, call: ast.Call) -> None:
        self.scope = scope
        self.call = call
        self.leaves: list[ast.expr] = []
        self.imports: list[Patch] = []
        self.read: set[str] = set()

    def node(self, frame: Frame, node: ast.expr) -> ast.expr | None:
        """The expression of the loop's function that a parameter got; None where it got another."""
        if frame is self.scope.flow.root:
            return node
        if not isinstance(node, ast.Name) or not frame.hands_on(node.id):
            return None
        given = self._receiver(frame, node.id) or frame.argument(node.id)
        return self.node(frame.caller, given) if given is not None and frame.caller else None

    def column(self, frame: Frame, node: ast.expr, value: Value | None) -> ast.expr | None:
        """The row of the loop's function that `self.id` of its own method, or `order.id` of a
        function that gets the row, reads a column of; None for anything else.

        Args:
            value: what `node` is.
        """
        match node, value:
            case ast.Attribute(value=owner, attr=name), Cell(column=column, row=Row() as row):
                own = self.node(frame, owner)
                if not isinstance(own, ast.Name) or column is not row.model.columns.get(name):
                    return None
                return own if not (row.new or row.optional) else None
        return None

    def code(self, frame: Frame, node: ast.expr) -> Code | None:
        """`self.session` as the caller writes it: `self.orders.session`."""
        own = self.node(frame, node)
        if own is not None:
            if not is_name(own):
                return None
            self.leaves.append(own)
            return Code.of("{own}", own=Copied(self.scope.place(own)))
        match node:
            case ast.Attribute(value=value, attr=name):
                if (kept := self._of_new(frame, value, name)) is not None:
                    return kept
                owner = self.code(frame, value)
                if owner is None:
                    return None
                if name.startswith("_") and not self._is_own(frame, value):
                    return self._hidden(frame, value, name)
                return Code.of(f"{{owner}}.{name}", owner=owner)
            case ast.Name(id=name) if frame.hands_on(name):
                given = self._receiver(frame, name) or frame.argument(name)
                if given is not None and frame.caller is not None:
                    return self.code(frame.caller, given)
            case ast.Name(id=name) if name not in self.scope.local_names:
                return self._of_module(frame.code.module, name)
        return None

    def _of_new(self, frame: Frame, node: ast.expr, name: str) -> Code | None:
        """`session`, which `self._session` is of an object that is made by `Orders(session)` for
        the call."""
        if not isinstance(node, ast.Name) or not frame.hands_on(node.id) or frame.caller is None:
            return None
        caller = frame.caller
        made = self._receiver(frame, node.id) or frame.argument(node.id)
        if isinstance(made, ast.Name) and caller.hands_on(made.id):
            # the object's methods hand it on to one another
            return self._of_new(caller, made, name)
        if not isinstance(made, ast.Call) or not only_keeps(self.scope, caller.code.module, made):
            return None
        kept = kept_as(self.scope, caller.code, made, name)
        return self.code(caller, kept) if kept is not None else None

    def _hidden(self, frame: Frame, value: ast.expr, name: str) -> Code | None:
        """`self.orders._session` by a name that others may use: `self.session`."""
        own = self.node(frame, value)
        known = other_name(self.scope, own, name) if own is not None else None
        if known is None:
            return None
        self.read |= known.read
        return known.code

    def _of_module(self, module: ModuleFacts, name: str) -> Code | None:
        """`db`, which the loop's module has under this name too, or can import."""
        scope = self.scope
        full = scope.index.resolve_local(module, name)
        here = scope.index.resolve(scope.module, name)
        if name in typing_only(scope):
            return None
        if full is None or here is not None:
            return Code.of(name) if full is not None and full == here else None
        if full != scope.index.resolve(module, name) or name in scope.module.values:
            return None
        place = scope.place(self.call)
        if circular(scope, full, place) is not None:
            return None
        known, imports = class_name(scope, full, place)
        self.imports += imports
        return Code.of(known)

    def _is_own(self, frame: Frame, value: ast.expr) -> bool:
        """True for `self` of the loop's function, which may read what others should not."""
        own = self.node(frame, value)
        return isinstance(own, ast.Name) and own.id in ("self", "cls")

    @staticmethod
    def _receiver(frame: Frame, name: str) -> ast.expr | None:
        function, call = frame.code.node, frame.call
        if not frame.bound or isinstance(function, ast.Module):
            return None
        first = [*function.args.posonlyargs, *function.args.args][:1]
        match call:
            case ast.Call(func=ast.Attribute(value=receiver)) | ast.Attribute(value=receiver) if (
                first and first[0].arg == name
            ):
                return receiver
        return None
