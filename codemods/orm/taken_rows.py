"""Variables of a loop that get rows out of dicts which were filled before it."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.aliases import aliases
from codemods.orm.dict_answers import DictAnswer, dict_answer, is_handed_on, keepers, only_of_none
from codemods.orm.found_or_else import told
from codemods.orm.key_changes import filled
from codemods.orm.key_loops import Guard, Level, NotCollectable
from codemods.orm.slice_parts import binds
from codemods.patch import Code, Copied

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


class TakenRows(ABC):
    """The part of a slice that knows of such variables."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        # what stands before the lookup, from the outside in: (level, statement or guard's node)
        self.before: list[ast.stmt] = []
        # what the variables get, and which of the statements gives it
        self.taken: dict[str, DictAnswer] = {}
        self.taken_at: dict[str, int] = {}

    @abstractmethod
    def evaluable(self, node: ast.expr, reads: bool = False) -> None:
        """Check that an expression may be evaluated before the loop."""

    @abstractmethod
    def code(self, node: ast.expr, position: int) -> Code | Copied:
        """The expression, as it is before the loop."""

    def is_taken(self, node: ast.expr) -> bool:
        """True for a column of a row that a dict has for certain."""
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in self.taken:
                return attribute in self.taken[name].row.model.columns
        return False

    def check_taken(self, statement: ast.stmt) -> None:
        """Check that a statement gives no variable another row than the one which a dict has.

        Raises:
            NotCollectable: where it does.
        """
        for name in self.taken:
            if binds(statement, name):
                raise NotCollectable(f"{name} is made in more than one step", statement)

    def take(self, name: str, value: ast.expr, level: Level) -> None:
        """A variable that gets the row which a dict has for a key: without one, there is no key."""
        answer = dict_answer(self.scope, value)
        if answer is None:
            return
        held, owner = answer.held, level.loop.owner
        named = {node.id for node in walk(owner) if isinstance(node, ast.Name)}
        others = aliases(self.scope).reach({held.id}, False) - {held.id}
        if (
            filled(self.scope, owner, [held])
            or (keepers(self.scope, held.id) | others) & named
            or is_handed_on(self.scope, held.id)
        ):
            text = f"the loop may change what {held.id} holds, which the keys come from"
            raise NotCollectable(text, held)
        self.taken[name] = answer
        self.taken_at[name] = len(self.before) - 1
        level.guards.append(self.in_dict(name, answer.raises and not self._is_tried(value, owner)))

    def _is_tried(self, value: ast.expr, owner: ast.AST) -> bool:
        """True where the loop may go on after an error."""
        node: ast.AST | None = value
        while node is not None and node is not owner:
            if isinstance(node, ast.Try | ast.With | ast.AsyncWith):
                return True
            node = self.scope.parents.get(node)
        return False

    def in_dict(self, name: str, stops: bool) -> Guard:
        """The condition that a dict has the row which a variable gets; `stops` as in a guard."""
        row = ast.Name(name, ast.Load())
        code = self.answered(name, "{key} not in {held}" if stops else "{key} in {held}")
        return Guard(row, not stops, code, stops, ast.dump(row))

    def answered(self, name: str, form: str = "{held}[{key}]") -> Code:
        for part in self.taken[name].parts:
            self.evaluable(part, reads=True)
        at = self.taken_at[name]
        return self.taken[name].code(lambda node: self.code(node, at), form)

    def beside_presence(
        self, level: Level, test: ast.expr, holds: bool, stops: bool
    ) -> list[ast.expr] | None:
        """What a condition asks besides whether there is a row, which the dict is asked already:
        nothing for `order is None`, `order.done` for `order is None or order.done`; None for a
        condition that does not begin so."""
        match test:
            case ast.BoolOp(op=op, values=[first, *rest]) if isinstance(op, ast.And) is holds:
                pass
            case _:
                first, rest = test, []
        name = only_of_none(self.scope, first, self.taken)
        if name is None or told(first, name) != ("found" if holds else "missing"):
            return None
        if stops:
            row = ast.dump(ast.Name(name, ast.Load()))
            kept = [guard for guard in level.guards if guard.present != row]
            level.guards[:] = [*kept, self.in_dict(name, True)]
        return rest
