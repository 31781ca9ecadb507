"""Keys that a flush within the loop writes: of related rows, and of rows that are new."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.dict_answers import dict_answer
from codemods.orm.events import Act, Effect, Event, Run
from codemods.orm.preconditions import effects
from codemods.orm.values import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codemods.orm.lookups import Lookup

_WRITING = (Act.FLUSH, Act.COMMIT)


def written(lookup: Lookup, window: Sequence[Event]) -> tuple[str, Event] | None:
    """What changes a key in the loop without an assignment to it, and where.

    Args:
        window: the events of the loop.
    """
    if (found := _related(lookup, window)) is not None:
        effect, key = found
        return f"the loop assigns {effect.attribute}, which changes {key}, a key", effect
    if (missing := _unflushed(lookup)) is not None:
        return f"new rows have no {missing} before the loop's first query", lookup.run
    return None


def _related(lookup: Lookup, window: Sequence[Event]) -> tuple[Effect, str] | None:
    """A relationship that the loop assigns on other rows than its item, and the key which that
    changes: `other.team = team` writes `other.team_id`."""
    read = {name for part in lookup.parts for name in part.read}
    for effect in effects(window, Act.SET):
        attribute, model = effect.attribute, effect.model
        if attribute is None or model is None or _is_of_item(lookup, effect):
            continue
        relationship = model.relationships.get(attribute)
        if relationship is not None:
            keys = read.intersection((*relationship.keys, *relationship.remote_keys))
            if keys:
                return effect, min(keys)
    return None


def _is_of_item(lookup: Lookup, effect: Effect) -> bool:
    """True for `row.team = team` of the loop's own row, whose key was read before."""
    match effect.node:
        case ast.Attribute(value=ast.Name(id=name)):
            return name in lookup.loop.names
    return False


def _unflushed(lookup: Lookup) -> str | None:
    """The key of new rows that nothing before the loop has given them: the first statement of the
    loop flushes them."""
    assert lookup.collection is not None
    scope, start = lookup.scope, lookup.loop.first
    given = {node.arg for node in walk(scope.node) if isinstance(node, ast.keyword)}
    given |= {
        node.attr
        for node in walk(scope.node)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    added = max((e.index for e in effects(scope.events[:start], Act.ADD)), default=0)
    between = scope.events[added:start]
    if effects(between, *_WRITING) or any(isinstance(event, Run) for event in between):
        return None
    for row, attribute in _read(lookup):
        column = row.model.columns.get(attribute)
        if column is None or not row.new or attribute in given:
            continue
        if column.primary_key or column.default or column.server_default or column.expression:
            return attribute
    return None


def _read(lookup: Lookup) -> Iterator[tuple[Row, str]]:
    """The columns that keys are read from, and whose they are."""
    assert lookup.collection is not None
    elements = {
        name: level.loop.element for level in lookup.collection.levels for name in level.loop.names
    }
    taken = {
        node.targets[0].id: answer.row
        for node in walk(lookup.loop.owner)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and (answer := dict_answer(lookup.scope, node.value)) is not None
    }
    for part in lookup.parts:
        for node in walk(part.operand):
            match node:
                case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                    value = taken.get(name, elements.get(name))
                    if isinstance(value, Row):
                        yield value, attribute
