"""Variables of a loop: those that may be another for each item, and those that are the same."""

from __future__ import annotations

import ast
from collections.abc import Set
from typing import TYPE_CHECKING

from codemods.orm.bindings import assigned_values
from codemods.orm.keys import is_pure, loaded_names

if TYPE_CHECKING:
    from codemods.orm.events import Run


def computed_anew(run: Run, condition: ast.AST, names: Set[str]) -> str | None:
    """What says that a condition uses variables that the loop assigns, but not from its item.

    Args:
        names: what the loops around the query bind.
    """
    used = sorted(loaded_names(condition) & names)
    if not used or any(_of_item(run, name, names, frozenset()) for name in used):
        return None
    are, belong, do = ("are", "belong", "do") if used[1:] else ("is", "belongs", "does")
    which = "they" if used[1:] else "it"
    return (
        f"{' and '.join(used)} {are} computed in the loop, but not from its item: {which} {belong} "
        f"before the loop, where {which} {do} not change"
    )


def varies(run: Run, condition: ast.AST, names: Set[str]) -> bool:
    """True for a condition that may be another for each item, by what it says of variables."""
    used = loaded_names(condition) & names
    return not used or any(_of_item(run, name, names, frozenset(), calls=True) for name in used)


def _of_item(
    run: Run, name: str, names: Set[str], above: frozenset[str], calls: bool = False
) -> bool:
    """True for a variable that follows from the item, or, if `calls` is set, from what a call may
    give that is another one each time."""
    if name in above or any(name in loop.names for loop in run.loops):
        return True
    values = [value for loop in run.loops for value in assigned_values(loop.node, name)]
    return not values or any(
        value is None
        or (calls and not is_pure(value))
        or any(
            _of_item(run, used, names, above | {name}, calls)
            for used in loaded_names(value) & names
        )
        for value in values
    )
