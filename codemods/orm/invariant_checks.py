"""What must hold for a query that asks for the same each time to be sent before the loop."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.finding import Precondition, Status, none_refuted
from codemods.orm import listened, names, preconditions, uses
from codemods.orm.events import Act, Effect, Event
from codemods.orm.flush_effects import SESSION_ADDS, SESSION_FLUSHES
from codemods.orm.invariant_calls import InvariantCall
from codemods.orm.invariants import Invariant, is_func, parts, steps
from codemods.orm.iterators import used_up
from codemods.orm.key_changes import also_called, filled
from codemods.orm.key_loops import mutated_names
from codemods.orm.keys import PURE_FUNCTIONS, PURE_METHODS
from codemods.orm.lookup_checks import Checks
from codemods.orm.moments import Moments
from codemods.orm.observable import observable
from codemods.orm.preconditions import effects, proven, refuted, unknown
from codemods.orm.sessions import SENDERS
from codemods.orm.shared_values import may_change
from codemods.orm.stateful import stateful
from codemods.orm.steady import Changes
from codemods.orm.values import ModelClass, Symbol

if TYPE_CHECKING:
    from codemods.project.model import Model

_LIBRARIES = ("sqlalchemy.", "sqlmodel.", "flask_sqlalchemy.")
# Methods that build and send queries, and of columns in them.
_BUILDING = PURE_METHODS | names.BUILDERS | names.TERMINALS | names.EMBEDDERS | SENDERS | {
    "in_", "not_in", "notin_", "is_", "is_not", "isnot", "like", "ilike", "not_like", "not_ilike",
    "contains", "between", "desc", "asc", "any", "has", "op", "cast", "of_type", "unique",
    "mappings", "nullslast", "nulls_last", "nullsfirst", "nulls_first", "collate", "distinct",
    "and_", "or_", "not_", "select", "exists", "selectinload", "joinedload", "subqueryload",
    "load_only", "defer", "undefer", "contains_eager", "raiseload", "noload", "func", "case",
    "over", "filter", "is_distinct_from", "match", "with_parent", "as_string", "astext",
}  # fmt: skip


class InvariantChecks(Checks):
    """Works out the preconditions of one query that does not depend on its loop."""

    def __init__(self, invariant: Invariant) -> None:
        super().__init__(invariant)
        self.invariant = invariant

    @cached_property
    def window(self) -> Sequence[Event]:
        """What happens in the loop, but for what the moved call does."""
        events, invariant = super().window, self.invariant
        if not isinstance(invariant, InvariantCall):
            return events
        return [event for event in events if invariant.called not in event.frame.chain]

    def all(self) -> tuple[Precondition, ...]:
        return (
            self.query_invariant(),
            self.in_one_place(),
            self.values_not_shared(),
            self.items_repeatable(),
            self.always_asked(),
            self.asked_first(),
            self.stays_loaded(),
            self.table_not_written(),
            listened.steady(self.invariant),
            self.flushes_alike(),
            preconditions.not_suspended(self.scope, self.window),
            self.errors_not_handled(),
        )

    @property
    def answer_changes(self) -> bool:
        """True if something in the loop may change the answer, as far as anybody knows."""
        known = preconditions.no_unknown_calls(self.scope, self.window)
        if known.status is not Status.PROVEN:
            return True
        conditions = self.query_invariant(), self.table_not_written()
        return not none_refuted(conditions) or bool(effects(self.writes, Act.SQL))

    @cached_property
    def inside(self) -> list[ast.AST]:
        """What the query is made of in the loop, which is evaluated for each item."""
        owner = set(walk(self.invariant.loop.owner))
        found = (n for part in parts(self.run) if part in owner for n in walk(part))
        return list(dict.fromkeys(found))

    def query_invariant(self) -> Precondition:
        """Nothing that the query reads is another thing for another item."""
        name = "query-invariant"
        owner = self.invariant.loop.owner
        changed = {path.partition("[")[0] for path in mutated_names(self.scope, owner)}
        changed = also_called(self.scope, changed)
        stored = {
            node.attr
            for node in walk(owner)
            if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load)
        }
        known = frozenset() if self._known is None else frozenset({self._known})
        changes = Changes(self.scope, self.invariant.loop, known)
        for node in self.inside:
            match node:
                case ast.Name(id=read) if read in changed:
                    text = f"the loop changes {read}, which the query reads"
                    return refuted(self.scope, name, text, self.run)
                case ast.Attribute(value=owned, attr=read) if read in stored:
                    if not self._is_class(owned):
                        text = f"the loop assigns {read}, which the query reads"
                        return refuted(self.scope, name, text, self.run)
                case ast.Call() if (callee := self._strange(node)) is not None:
                    text = f"{callee}() is called for every item, and may answer something else"
                    return unknown(self.scope, name, text, self.run)
            if isinstance(node, ast.expr) and changes.of(node) is node:
                text = f"the loop, or what it calls, may change {ast.unparse(node)}"
                judge = unknown if isinstance(node, ast.Name) else refuted
                return judge(self.scope, name, f"{text}, which the query reads", self.run)
        sessions = {ast.unparse(run.session_node) for run in self.scope.runs if run.session_node}
        named = [n for n in self.inside if isinstance(n, ast.Name) and n.id not in sessions]
        if (held := filled(self.scope, owner, named)) is not None:
            text = f"the loop changes what {held.id} holds, which the query reads"
            return refuted(self.scope, name, text, self.run)
        others = [node for node in self.inside if node is not self._known]
        if (again := stateful(self.scope, others)) is not None:
            text = f"{ast.unparse(again)} may be another one for every item"
            return unknown(self.scope, name, text, self.run)
        same = proven(name, "the query asks for the same each time")
        return used_up(self.scope, self.inside, self.run) or same

    @cached_property
    def _known(self) -> ast.AST | None:
        """The call of a function that is known to do nothing but look up."""
        return self.invariant.call if isinstance(self.invariant, InvariantCall) else None

    def _is_class(self, node: ast.expr) -> bool:
        if not isinstance(node, ast.Name):
            return False
        return isinstance(self.scope.flow.lookup(node.id), ModelClass)

    def _strange(self, node: ast.Call) -> str | None:
        """The function that a call in the query calls, where it may give something else."""
        if node is self._known:
            return None
        match node.func:
            case ast.Name(id=name) if name in PURE_FUNCTIONS | {"list", "set", "tuple", "sorted"}:
                return None
            case ast.Attribute(attr=name) if name in _BUILDING:
                return None
            case ast.Attribute(value=owner) if is_func(self.scope, owner):
                return None
        match self.scope.flow.lookup(dotted_name(node.func) or ""):
            case Symbol(full_name=full_name) if full_name.startswith(_LIBRARIES):
                return None
            case ModelClass():
                return None
        return dotted_name(node.func) or ast.unparse(node.func)

    def in_one_place(self) -> Precondition:
        """The query is one expression, or put together by variables that serve it alone."""
        name = "query-in-one-place"
        for variable, assigned in steps(self.run, self.invariant.loop.owner).items():
            loads = [
                node
                for node in walk(self.scope.node)
                if isinstance(node, ast.Name)
                and node.id == variable
                and isinstance(node.ctx, ast.Load)
            ]
            if len(assigned) > 1 or len(loads) != 1:
                text = f"the query is put together in several steps, in {variable}"
                return refuted(self.scope, name, text, self.run)
        if uses.read_again(self.scope, self.run, self.invariant.around[-1].owner):
            text = "the result gives its rows once, and is read more than once"
            return refuted(self.scope, name, text, self.run)
        return proven(name, "the query can be moved as it is")

    def values_not_shared(self) -> Precondition:
        """No value is one that the loop can change, which each query makes anew."""
        name = "row-values"
        for entity in self.run.query.entities:
            if may_change(entity.value):
                what = ast.unparse(entity.node)
                text = f"each query makes {what} anew, and the loop may change it"
                return unknown(self.scope, name, text, self.run)
        return proven(name, "the values that are found cannot be changed")

    def always_asked(self) -> Precondition:
        name = "asked-every-time"
        loop, run = self.invariant.loop, self.run
        if run.conditional_in(loop) is not None:
            return unknown(
                self.scope, name, "the query is sent only under a condition, so that it may never be needed",
                run,
            )  # fmt: skip
        if Moments(self.scope).given_up_before(run, [loop]):
            text = "the query stands after what may fail, which is handled in the loop"
            return unknown(self.scope, name, text, run)
        for exit_ in self.scope.exits:
            if loop.first <= exit_.index < run.index and loop in exit_.loops:
                text = f"a `{exit_.kind}` comes before the query, so that it may never be needed"
                return unknown(self.scope, name, text, exit_)
        if len(self.invariant.around) > 1 and (self.invariant.raises or self.writes):
            return unknown(
                self.scope, name, "an inner loop may have no iteration, and then nothing is asked", run
            )  # fmt: skip
        return proven(name, "the first item asks already")

    def asked_first(self) -> Precondition:
        """An error of the query, or of its flush, comes before anything that can be seen."""
        name = "asked-first"
        before = [e for e in self.window if e.index < self.run.index]
        for effect in effects(before):
            return unknown(
                self.scope, name, "something happens before the query, which an error would prevent", effect
            )  # fmt: skip
        noticed = self.invariant.raises and observable(self.scope, self.invariant.loop)
        if noticed and not self._is_first():
            return unknown(
                self.scope, name, "an error of the query would come before what the loop does first",
                self.run,
            )  # fmt: skip
        return proven(name, "nothing else happens in the loop before the query")

    def _is_first(self) -> bool:
        loops = self.invariant.around
        inner = [loop.owner for loop in loops[1:]] + [self.run.statement]
        return all(
            isinstance(loop.owner, ast.For) and loop.owner.body[0] is statement
            for loop, statement in zip(loops, inner, strict=True)
        )

    def table_not_written(self) -> Precondition:
        """Nothing that the loop writes is in the answer (trap c6_02)."""
        name = "table-not-written"
        for effect in self.writes:
            model = effect.model
            if model is None:
                text = "this may write what the query reads"
                return unknown(self.scope, name, text, effect)
            if (heard := self._heard(model)) is not None:
                text = f"{heard}, which may write what the query reads"
                return unknown(self.scope, name, text, effect)
            if self._touches(model, effect):
                text = f"the loop writes {model.name}, which the query reads"
                return refuted(self.scope, name, text, effect)
            if effect.act in (Act.DELETE, Act.DML):
                text = f"what writes {model.name} may cascade to what the query reads"
                return unknown(self.scope, name, text, effect)
            if (hidden := self.invariant.inside.hidden) is not None:
                text = f"`{ast.unparse(hidden)}` may read what the loop writes"
                return unknown(self.scope, name, text, effect)
        for made, node in self._made():
            text = (
                f"the loop makes a {made.name}, which the query may find once it is in the session"
            )
            return Precondition(name, Status.UNKNOWN, text, self.scope.place(node))
        for effect in self.writes:
            if self._reaches(effect):
                text = "what the loop writes has a relationship to what the query reads"
                return unknown(self.scope, name, text, effect)
        for effect in effects(self.window, Act.OUTSIDE):
            if (effect.callee or "").startswith(names.STARTERS):
                text = f"the program that {effect.callee}() starts may write what the query reads"
                return unknown(self.scope, name, text, effect)
        read = " and ".join(sorted(n.rpartition(".")[2] for n in self.run.query.tables or ()))
        return proven(name, f"the loop does not write {read}")

    def _heard(self, model: Model) -> str | None:
        """What runs when rows of a class are written."""
        if model.events:
            return f"{model.name} has listeners"
        if (SESSION_FLUSHES | SESSION_ADDS) & self.scope.index.session_events:
            return "a listener of the session runs in each flush"
        return None

    def _touches(self, model: Model, effect: Effect) -> bool:
        if {model.full_name, *model.parents, *model.children} & self.invariant.models:
            return True
        relationship = model.relationships.get(effect.attribute or "")
        return relationship is not None and relationship.target in self.invariant.models

    def _made(self) -> Iterator[tuple[Model, ast.expr]]:
        """Objects of the classes that the query reads, which a relationship may add."""
        for node in walk(self.invariant.loop.owner):
            match node:
                case ast.Call(func=ast.Name(id=called), keywords=given):
                    value = self.scope.flow.lookup(called)
                    if not self.writes and all(keyword.arg for keyword in given):
                        continue
                    if isinstance(value, ModelClass) and self._is_read(value.model):
                        yield value.model, node

    def _is_read(self, model: Model) -> bool:
        return model.full_name in self.invariant.models

    def _reaches(self, effect: Effect) -> bool:
        """True if adding an object may write a collection of rows that the query reads."""
        model = effect.model
        if model is None or effect.act is not Act.ADD:
            return False
        return any(
            relationship.target in self.invariant.models and not relationship.to_one
            for relationship in model.relationships.values()
        )
