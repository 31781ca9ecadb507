"""Helpers that make the row which their query does not find: the row goes into what was fetched.

`get_or_create(session, name)` adds a row where there is none. Called with what was fetched for all
items it puts the row there, too, so that the next call with the same name finds it (semantics,
across functions 2.4).
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.events import Act, Effect, Event, Run
from codemods.orm.new_rows import generated
from codemods.orm.not_found import is_under_not_found, result_name
from codemods.orm.preconditions import effects
from codemods.orm.upserts import WRITES, Upkeep, constructed, upkeep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codemods.orm.lookups import Lookup
    from codemods.orm.scope import Scope
    from codemods.project.model import Model


def in_helper(lookup: Lookup) -> Upkeep:
    """The rows that a helper adds where this query of its own finds none, or why each of its calls
    has to ask.

    Whether the query sees what an earlier call has added is for who calls it to say.
    """
    run, window = lookup.run, _window(lookup)
    found = upkeep(lookup, effects(window, *WRITES), seen=False)
    if found.refuted is not None:
        return Upkeep(refuted=found.refuted)
    if found.doubt is not None and is_under_not_found(lookup, found.doubt[1]):
        return Upkeep(refuted=found.doubt)
    for effect in found.statements:
        if effect.act is not Act.ADD or effect.frame is not run.frame or effect.loops != run.loops:
            return Upkeep()
    if found.statements and (late := generated(lookup, window)) is not None:
        reason = "of a row that an earlier call has added, a value is read that a lookup would make"
        return Upkeep(refuted=(reason, late))
    return found


def unseen(lookup: Lookup, kept: Upkeep) -> bool:
    """True if nobody but the helper has the rows that it adds, and it reads no more of them than it
    has given to them itself."""
    names = {result_name(lookup)}
    for effect in kept.statements:
        made = constructed(lookup, effect)
        columns = effect.model.columns if effect.model is not None else {}
        if made is None or not all(word.arg in columns for word in made.keywords):
            return False
        assert isinstance(effect.node, ast.Call)
        names |= {each.id for each in effect.node.args if isinstance(each, ast.Name)}
    added = {id(each) for effect in kept.statements for each in _arguments(effect)}
    return all(
        id(node) in added or _looks(lookup.scope, node, lookup.model)
        for node in walk(lookup.loop.owner)
        if isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load)
    )


def _arguments(effect: Effect) -> list[ast.expr]:
    return effect.node.args if isinstance(effect.node, ast.Call) else []


def _looks(scope: Scope, node: ast.Name, model: Model) -> bool:
    """True for `row.name`, and for a test whether there is a row."""
    match scope.parents.get(node):
        case ast.Attribute(attr=name):
            return name in model.columns
        case ast.Compare(ops=[ast.Is() | ast.IsNot()], comparators=[ast.Constant(value=None)]):
            return True
        case ast.UnaryOp(op=ast.Not()) | ast.If() | ast.While():
            return True
    return False


def _window(lookup: Lookup) -> Sequence[Event]:
    return lookup.scope.events[lookup.loop.first : lookup.loop.last + 1]


def judged(found: Upkeep, kept: Upkeep) -> Upkeep:
    """What the writes of a loop mean, with what is known of those in the helper.

    Args:
        found: what is known of the loop.
        kept: the same of the helper by itself.
    """
    reason = found.refuted or found.doubt
    if kept.refuted is None or reason is None or reason[1].node is not kept.refuted[1].node:
        return found
    return Upkeep(refuted=(kept.refuted[0], reason[1]))


def at_site(kept: Upkeep, run: Run, window: Sequence[Event]) -> list[Effect]:
    """Those of the rows that a loop's call of the helper adds.

    Args:
        kept: the rows, as the helper adds them.
        run: the query as this call sends it.
        window: what happens in the loop.
    """
    nodes = {each.node for each in kept.statements}
    added = effects(window, Act.ADD)
    return [each for each in added if each.node in nodes and each.frame in run.frame.chain]
