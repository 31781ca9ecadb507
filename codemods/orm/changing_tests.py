"""What may change a row that Python still has to test, so that SQL, which tests all rows first, would
find others."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.events import Act, Effect
from codemods.orm.values import Row
from codemods.project.model import Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_NEVER = frozenset({Act.FLUSH, Act.BEGIN, Act.SAVEPOINT, Act.YIELD, Act.SHOW, Act.OUTSIDE})


def tested_in(
    scope: Scope, tests: Sequence[ast.expr], model: Model
) -> Iterator[tuple[Model, frozenset[str]]]:
    """What conditions read of the rows of `model`, and of other rows that they compare these with:
    the attributes, by the class."""
    read = [part for test in tests for part in walk(test) if isinstance(part, ast.Attribute)]
    if read:
        yield model, frozenset(part.attr for part in read)
    for part in read:
        owner = scope.flow.lookup(part.value.id) if isinstance(part.value, ast.Name) else None
        if isinstance(owner, Row):
            yield owner.model, frozenset({part.attr})


def may_change(effect: Effect, model: Model, tested: Set[str]) -> bool:
    """True if an effect may give rows of a class other values in the tested attributes.

    A flush writes keys through relationships, too: of an object that is added, and of one that is
    deleted.
    """
    family = {model.full_name, *model.parents, *model.children}
    written = effect.model
    if effect.act in _NEVER:
        return False
    match effect.act:
        case Act.CALL:
            return effect.receives
        case Act.SET if written is not None and effect.attribute is not None:
            if written.full_name in family:
                return effect.attribute in tested or effect.attribute not in model.columns
            relationship = written.relationships.get(effect.attribute)
            return relationship is not None and relationship.target in family | {None}
        case Act.ADD if written is not None:
            targets = {relationship.target for relationship in written.relationships.values()}
            return bool(targets & (family | {None}))
        case Act.DML | Act.SQL if written is not None:
            return written.full_name in family
    return True
