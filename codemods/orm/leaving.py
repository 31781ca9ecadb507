"""Loops that are left for good after some statements of their bodies."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.orm import bindings

if TYPE_CHECKING:
    from codemods.orm.events import Loop
    from codemods.orm.flow import Flow


def leave(flow: Flow, first: int, statements: list[ast.stmt]) -> None:
    """Tell the events of some statements, whose end is not reached, what loops go on no more.

    Args:
        first: the index of the first of these events.
    """
    left = _left(flow, statements) if len(flow.events) > first else frozenset()
    for event in flow.events[first:] if left else ():
        event.left |= left


def _left(flow: Flow, statements: list[ast.stmt]) -> frozenset[Loop]:
    """The loops around that are always left; none where a handler in the loop may go on."""
    own = [loop for loop in flow.loops if loop.frame is flow.frame]
    if not own or own[-1].tries != flow.tries or bindings.leaves(statements, ast.Continue):
        return frozenset()
    if bindings.leaves(statements, ast.Break):
        return frozenset(own[-1:])
    return frozenset(loop for loop in own if loop.tries == flow.tries)
