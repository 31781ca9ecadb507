"""Queries in a loop that ask for the same each time, and what the loop makes of the answer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm import lambdas, names, rounds, tables_read, uses
from codemods.orm.events import Act, Loop, Run
from codemods.orm.lookup_shapes import GETS, shape
from codemods.orm.lookups import Lookup, described
from codemods.orm.query import Aggregate, Query
from codemods.orm.values import ColumnRef, ModelClass, Symbol

if TYPE_CHECKING:
    from codemods.orm.scope import Scope
    from codemods.project.model import Model

Form = Literal["list", "number", "optional", "required"]

# Functions of a database that give the same for the same rows.
_STEADY = frozenset({
    "count", "sum", "min", "max", "avg", "coalesce", "lower", "upper", "length", "trim", "abs",
    "round", "nullif", "concat", "char_length", "ltrim", "rtrim", "replace", "substr", "date",
    "extract", "cast", "array_agg", "string_agg", "group_concat", "bool_or", "bool_and",
})  # fmt: skip
_UNSTEADY = frozenset({"text", "literal_column", "next_value", "nextval"})
_FORMS: dict[str, Form] = {
    "all": "list", "iterate": "list", "count": "number", "first": "optional",
    "one_or_none": "optional", "scalar_one_or_none": "optional", "scalar": "optional",
    "one": "required", "scalar_one": "required", "first_or_404": "required",
    "one_or_404": "required",
}  # fmt: skip


@dataclass(eq=False)
class Invariant(Lookup):
    """A query without a key: of all the loops around it, `around` do not change what it asks."""

    around: tuple[Loop, ...] = field(default=())
    form: Form = "list"

    @property
    def loop(self) -> Loop:
        return self.around[0]

    @cached_property
    def tested(self) -> None:
        return None

    @property
    def raises(self) -> bool:
        """True if an answer of no rows, or of several, raises."""
        legacy = self.run.query.style == "legacy" and self.run.terminal == "scalar"
        several = self.run.terminal in ("one_or_none", "scalar_one_or_none")
        single = self.aggregate is not None or self.run.query.kind == "exists"
        return self.form == "required" or (not single and (legacy or several))

    @property
    def changed_list(self) -> bool:
        """True if the loop changes or keeps the list that it gets."""
        return self.form == "list" and not uses.only_read(
            self.scope, self.expression, self.loop.owner
        )

    @cached_property
    def models(self) -> frozenset[str]:
        """The full names of the classes whose tables are read, with those above and below."""
        found: set[str] = set()
        for name in self.run.query.tables or ():
            model = self.scope.index.model(name)
            found |= {name, *(model.parents if model else ()), *(model.children if model else ())}
        return frozenset(found | self.inside.models)

    @cached_property
    def inside(self) -> tables_read.Inside:
        """What the conditions read."""
        return tables_read.inside(self.scope, self.run)


def invariants(scope: Scope) -> Iterator[Invariant]:
    """Every query of the scope that the innermost loop around it asks again and again."""
    for run in scope.own_runs:
        found = _invariant(scope, run)
        if found is not None:
            yield found


def _invariant(scope: Scope, run: Run) -> Invariant | None:
    form = _FORMS.get(run.terminal)
    if form is None or run.terminal in GETS or run.streamed or run.awaited_elsewhere:
        return None
    model = _model(run.query)
    if not run.loops or model is None or not run.query.understood or run.query.tables is None:
        return None
    if run.query.kind not in ("select", "exists") or run.query.has("with_for_update"):
        return None
    if run.node not in scope.parents or not is_steady(scope, run):
        return None
    loops = around(scope, run)
    if not loops or described(scope, run) is not None:
        return None
    kind, amount, columns, aggregate = shape(run)
    whole = any(entity.model is not None for entity in run.query.entities)
    return Invariant(
        scope, run, model, (), kind or ("rows" if whole else "tuples"), amount, columns, aggregate,
        around=loops, form=form,
    )  # fmt: skip


def _model(query: Query) -> Model | None:
    """The class whose table the query reads first."""
    for value in (*(entity.value for entity in query.entities), *query.joins):
        match value:
            case ModelClass(model=model) | ColumnRef(model=model):
                return model
            case Aggregate(argument=ModelClass(model=model) | ColumnRef(model=model)):
                return model
            case Query():
                return _model(value)
    models = [model for predicate in query.predicates for model in predicate.models]
    tables = query.tables or frozenset()
    return models[0] if models and models[0].full_name in tables else None


def around(scope: Scope, run: Run) -> tuple[Loop, ...]:
    """The innermost loops that bind nothing that the query is made of, from the outside in."""
    read = {
        node.id
        for part in parts(run)
        for node in walk(part)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    handed = lambdas.parameters(scope, run)
    found: list[Loop] = []
    for loop in reversed(run.loops):
        if loop.frame is not run.frame or loop.deferred or not run.repeated_in(loop):
            break
        if not isinstance(loop.node, ast.For | ast.comprehension) or _is_streamed(loop):
            break
        if _waits(loop.owner) or rounds.counts_attempts(loop):
            break
        if lambdas.called_elsewhere(scope, run, loop):
            break
        bound = loop.names | loop.assigned | handed | _assigned_within(loop.owner)
        if (read & bound) - set(steps(run, loop.owner)):
            break
        found.insert(0, loop)
    return tuple(found)


def steps(run: Run, owner: ast.AST) -> dict[str, list[ast.Assign]]:
    """The variables of a loop that hold the query on its way, and where they are assigned."""
    made = set(parts(run)) - {run.expression}
    found: dict[str, list[ast.Assign]] = {}
    stored: dict[str, int] = {}
    for node in walk(owner):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                stored[name] = stored.get(name, 0) + 1
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if value in made:
                if name not in {n.id for n in walk(value) if isinstance(n, ast.Name)}:
                    found.setdefault(name, []).append(node)
    return {name: made for name, made in found.items() if len(made) == stored[name]}


def _is_streamed(loop: Loop) -> bool:
    return isinstance(loop.node, ast.comprehension) and bool(loop.node.is_async)


def _waits(owner: ast.AST) -> bool:
    """True for a loop that asks again because the answer may have changed meanwhile."""
    return any(
        isinstance(node, ast.Call)
        and (dotted_name(node.func) or "").rpartition(".")[2] in ("sleep", "wait", "poll")
        for node in walk(owner)
    )


def _assigned_within(owner: ast.AST) -> set[str]:
    """What `:=` assigns in a comprehension."""
    return {
        node.target.id
        for node in walk(owner)
        if isinstance(node, ast.NamedExpr) and isinstance(node.target, ast.Name)
    }


def parts(run: Run) -> tuple[ast.AST, ...]:
    """All expressions that the query is made of, wherever they stand."""
    conditions = (p.given or p.node for p in run.query.predicates)
    return tuple(
        dict.fromkeys((
            run.expression, run.node, *run.query.roots, *(c.node for c in run.query.calls),
            *conditions, *(p.node for p in run.query.predicates),
        ))
    )  # fmt: skip


def is_steady(scope: Scope, run: Run) -> bool:
    """False if the database may answer something else when it is asked again, or is asked for
    something else."""
    outside = {effect.node for effect in scope.effects if effect.act is Act.OUTSIDE}
    for part in parts(run):
        for node in walk(part):
            match node:
                case ast.Call() if node in outside:
                    return False
                case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if (
                    name in _UNSTEADY
                ):
                    return False
                case ast.Call(func=ast.Attribute(value=owner, attr=name)) if name not in _STEADY:
                    if is_func(scope, owner):
                        return False
                case ast.Attribute(value=owner, attr=name) if name not in _STEADY:
                    # func.pg_catalog.random
                    if is_func(scope, owner):
                        return False
    return True


def is_func(scope: Scope, owner: ast.expr) -> bool:
    """True for SQLAlchemy's `func`."""
    dotted = dotted_name(owner)
    if dotted is None:
        return False
    value = scope.flow.lookup(dotted)
    return (isinstance(value, Symbol) and value.full_name in names.FUNC) or (
        dotted.rpartition(".")[2] == "func"
    )
