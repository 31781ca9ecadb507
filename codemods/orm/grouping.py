"""Which tallies of a function belong together."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Status
from codemods.orm import preconditions
from codemods.orm.events import Run
from codemods.orm.tallies import Tally, tally_of, target_name
from codemods.orm.tally_groups import TallyGroup

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


# Whether a number can join is told by looking through all that the others depend on.
_MOST = 30


def groups(scope: Scope) -> Iterator[TallyGroup]:
    """Tallies of one function that belong together, as large as they can be."""
    if len(scope.own_runs) < 2:
        return
    found: list[TallyGroup] = []
    closed: set[int] = set()
    for run in scope.own_runs:
        tally = tally_of(scope, run)
        if tally is None:
            continue
        for position, group in enumerate(found):
            full = len(group.tallies) >= _MOST
            if full or position in closed or not belongs(group, tally):
                continue
            if looks_again(group, tally):
                closed.add(position)
            else:
                larger = TallyGroup(scope, (*group.tallies, tally))
                if larger.possible:
                    found[position] = larger
                    break
        else:
            found.append(TallyGroup(scope, (tally,)))
    for group in found:
        numbers = [tally for tally in group.tallies if not tally.flag]
        if len(group.tallies) > 1 and numbers and writable(group):
            yield group


def looks_again(group: TallyGroup, other: Tally) -> bool:
    """True if a call may have changed what `other` asks for, and this is why it asks.

    One asks for the same number twice, or asserts a number, to see what happened meanwhile.
    """
    asserted = is_assertion(other.statement)
    for tally in reversed(group.tallies):
        if asserted or (tally.question, tally.flag) == (other.question, other.flag):
            window = group.scope.between(tally.run.index, other.run.index)
            return preconditions.no_unknown_calls(group.scope, window).status is Status.UNKNOWN
    return False


def is_assertion(statement: ast.stmt) -> bool:
    """True for `assert …` and for the likes of `self.assertEqual(…)`."""
    match statement:
        case ast.Assert():
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name))):
            return name.startswith("assert")
    return False


def belongs(group: TallyGroup, other: Tally) -> bool:
    """True if `other` can be answered together with the tallies of the group."""
    left, right = group.first.run, other.run
    depth = len(left.branches)
    return (
        group.model is other.model
        and left.query.style == right.query.style
        and left.loops == right.loops
        and left.tries == right.tries
        and left.no_autoflush == right.no_autoflush
        and left.awaited == right.awaited
        and session_key(left) == session_key(right) is not None
        and right.branches[:depth] == left.branches
        and (len(right.branches) == depth or guarded(group, other))
    )


def guarded(group: TallyGroup, other: Tally) -> bool:
    """True if a number of the group decides whether `other` is asked for."""
    for branch in other.run.branches[len(group.first.run.branches) :]:
        test = list(walk(branch.test)) if branch.test is not None else []
        used = {node.id for node in test if isinstance(node, ast.Name)}
        for tally in group.tallies:
            if tally.expression in test or target_name(tally) in used:
                return True
    return False


def session_key(run: Run) -> str | None:
    """The same for queries of one session; None where a call makes a session each time."""
    if run.session_node is None:
        return run.session.key if run.session else None
    if any(isinstance(node, ast.Call) for node in walk(run.session_node)):
        return None
    return ast.unparse(run.session_node)


def writable(group: TallyGroup) -> bool:
    """True if a statement can be put before the first tally."""
    run = group.first.run
    if any(isinstance(branch.node, ast.expr) for branch in run.branches):
        return False
    parent = group.scope.parents.get(run.statement)
    return not (
        isinstance(parent, ast.If)
        and isinstance(run.statement, ast.If)
        and parent.orelse == [run.statement]
        and run.statement.col_offset == parent.col_offset
    )
