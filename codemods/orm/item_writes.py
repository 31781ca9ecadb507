"""An UPDATE or DELETE that a loop sends for the row of each item."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm import names, rounds
from codemods.orm.commit_reasons import is_migration, own_session, tolerated
from codemods.orm.events import Act, Effect, Loop
from codemods.orm.keys import loaded_names
from codemods.orm.mentions import is_test
from codemods.orm.values import Symbol

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_CONDITIONS = frozenset({"where", "filter", "filter_by"})


@dataclass(frozen=True, eq=False)
class ItemWrite:
    """`session.execute(update(M).where(M.id == item.id)…)` in a loop over the items.

    Args:
        verb: `update` or `delete`.
    """

    scope: Scope
    loop: Loop
    effect: Effect
    verb: str

    @property
    def table(self) -> str:
        model = self.effect.model
        return model.name if model is not None else "table"

    @property
    def instead(self) -> str:
        """What sends the statement once: the items' keys in one list, or all that they set."""
        own = self.loop.names | self.loop.assigned
        for call in walk(self.effect.node):
            if isinstance(call, ast.Call) and rounds.called(call) in ("update", "values"):
                given = ast.Tuple([*call.args, *(k.value for k in call.keywords)], ast.Load())
                if own & set(loaded_names(given)):
                    return "with a list of parameters"
        return "with `in_()`"


def item_writes(scope: Scope, verb: str) -> Iterator[ItemWrite]:
    """The UPDATEs, or DELETEs, of a function's loops whose WHERE names one item."""
    if is_test(scope.module, scope.index.root) or is_migration(scope):
        return
    for effect in scope.effects:
        if effect.act is not Act.DML or not effect.loops or not effect.own:
            continue
        loop, statement, node = effect.loops[-1], effect.inner, effect.node
        if not isinstance(loop.node, ast.For | ast.AsyncFor) or not isinstance(node, ast.Call):
            continue
        if not isinstance(statement, ast.Expr) or effect.model is None:
            continue
        if rounds.is_short(loop) or rounds.is_retried(loop) or rounds.in_chunks(loop):
            continue
        if own_session(loop, effect) or tolerated(scope, loop, effect):
            continue
        if _verb(scope, node) == verb and _of_one_item(loop, node):
            yield ItemWrite(scope, loop, effect, verb)


def _verb(scope: Scope, node: ast.Call) -> str | None:
    """`update` for `query.update(…)` and `session.execute(update(M)…)`."""
    method = rounds.called(node)
    if method != "execute":
        return method
    made: ast.expr | None = node.args[0] if node.args else None
    while isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute):
        dotted = dotted_name(made.func)
        meant = scope.flow.lookup(dotted) if dotted else None
        if isinstance(meant, Symbol) and meant.full_name in names.DML:
            return names.DML[meant.full_name]
        made = made.func.value
    dotted = dotted_name(made.func) if isinstance(made, ast.Call) else None
    meant = scope.flow.lookup(dotted) if dotted else None
    return names.DML.get(meant.full_name) if isinstance(meant, Symbol) else None


def _of_one_item(loop: Loop, node: ast.Call) -> bool:
    """True if the WHERE compares a column with something of the item."""
    for call in walk(node):
        if not isinstance(call, ast.Call) or rounds.called(call) not in _CONDITIONS:
            continue
        for part in walk(ast.Tuple([*call.args, *(k.value for k in call.keywords)])):
            match part:
                case ast.Compare(ops=[ast.Eq()], left=left, comparators=[right]):
                    if _names_item(loop, left) or _names_item(loop, right):
                        return True
        if any(_names_item(loop, keyword.value) for keyword in call.keywords):
            return True
    return False


def _names_item(loop: Loop, node: ast.expr) -> bool:
    return any(isinstance(n, ast.Name) and n.id in loop.names for n in walk(node))
