"""Loader options that are written as strings, or that load by a subquery."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.finding import Precondition, Status
from codemods.orm import names, order
from codemods.orm.eager_options import class_name
from codemods.orm.values import ModelClass, RelationshipRef, Step, Symbol
from codemods.patch import Code, Copied, DropImport, Hole, Import, Patch, Replace

if TYPE_CHECKING:
    from codemods.orm.events import Run
    from codemods.orm.query import Loader
    from codemods.orm.scope import Scope
    from codemods.project.model import Model


@dataclass(frozen=True)
class Part:
    """One call of a chain of loaders: the strategy, the class that it starts from (with what the
    code calls it, where it does), and the relationship that it loads, where it loads just one."""

    run: Run
    call: ast.Call
    strategy: str
    model: Model
    named: ast.expr | None
    step: Step | None


def loader_chains(scope: Scope, run: Run, nested: bool = False) -> Iterator[tuple[Part, ...]]:
    """The calls of the loaders that a query is given, those together that are chained:
    `joinedload(Order.lines).joinedload(…)`. Chains that end in `.options(…)` are among them, without
    what is given there, only if `nested`."""
    entity = run.query.entities[0] if len(run.query.entities) == 1 else None
    if entity is None or not isinstance(entity.value, ModelClass) or entity.value.alias:
        return
    if run.query.opaque is not None:
        return
    for options in run.query.option_calls:
        for argument in options.args:
            yield tuple(_chain(scope, run, argument, entity.value.model, entity.node, nested))


def _chain(
    scope: Scope, run: Run, node: ast.expr, model: Model, named: ast.expr, nested: bool
) -> Iterator[Part]:
    calls: list[tuple[ast.Call, str]] = []
    while isinstance(node, ast.Call):
        match node.func:
            case ast.Attribute(value=ast.Call() as before, attr="options") if nested:
                node = before
                continue
        strategy = _strategy(scope, node)
        if strategy is None:
            return
        calls.insert(0, (node, strategy))
        match node.func:
            case ast.Attribute(value=ast.Call() as before):
                node = before
            case _:
                break
    start: Model | None = model
    written: ast.expr | None = named
    for call, strategy in calls:
        if start is None:
            return
        steps = [] if strategy in names.COLUMN_LOADERS else _steps(scope, call, start)
        step = steps[0] if len(steps) == 1 else None
        yield Part(run, call, strategy, start, written, step)
        if strategy in names.COLUMN_LOADERS:
            continue
        target = steps[-1].relationship.target if steps else None
        start, written = scope.index.model(target) if target else None, None


def _strategy(scope: Scope, call: ast.Call) -> str | None:
    match call.func:
        case ast.Attribute(value=ast.Call(), attr=name) if name in names.LOADERS:
            return name
    value = scope.flow.lookup(dotted_name(call.func) or "")
    return names.LOADER_NAMES.get(value.full_name) if isinstance(value, Symbol) else None


def _steps(scope: Scope, call: ast.Call, model: Model) -> list[Step]:
    """The relationships that a call of a loader names."""
    if len(call.args) != 1:
        return []
    match call.args[0]:
        case ast.Constant(value=str() as dotted):
            return named_steps(scope, model, dotted)
        case ast.Attribute() as read:
            value = scope.flow.ev(read)
            if isinstance(value, RelationshipRef):
                return [Step(value.model, value.relationship)]
    return []


def named_steps(scope: Scope, model: Model, dotted: str) -> list[Step]:
    """The relationships of `"lines.product"`; none if one of them is not known."""
    found: list[Step] = []
    start: Model | None = model
    for name in dotted.split("."):
        relationship = start.relationships.get(name) if start else None
        if start is None or relationship is None:
            return []
        found.append(Step(start, relationship))
        start = scope.index.model(relationship.target) if relationship.target else None
    return found


def string_options(
    scope: Scope, part: Part
) -> tuple[str, tuple[Precondition, ...], tuple[Patch, ...]] | None:
    """What there is to say of options that are strings, and how to write them."""
    strings = [
        a.value for a in part.call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
    ]
    if not strings or "*" in strings or len(strings) != len(part.call.args):
        return None
    text = ast.unparse(part.call.args[0])
    message = f"{part.strategy}({text}) raises ArgumentError since SQLAlchemy 2.0"
    known = _known(scope, part, strings)
    patches = _attributes(scope, part, strings) if known.status is not Status.REFUTED else ()
    return message, (known, _works(scope, part)), patches


def _known(scope: Scope, part: Part, strings: list[str]) -> Precondition:
    name = "attributes-known"
    for text in strings:
        columns = part.strategy in names.COLUMN_LOADERS
        steps = [] if columns else named_steps(scope, part.model, text)
        if not steps and not (columns and text in part.model.columns):
            reason = f"{part.model.name} has no {text} that is known to be loaded like this"
            return Precondition(name, Status.REFUTED, reason, scope.place(part.call))
        late = [step for step in steps if step.relationship.from_backref]
        if late and part.run.query.style == "select":
            # session.query() configures the mappers, select() does not
            reason = (
                f"{late[0].model.name} has {late[0].relationship.name} once a backref is set up"
            )
            return Precondition(name, Status.UNKNOWN, reason, scope.place(part.call))
    return Precondition(name, Status.PROVEN, "every name is that of a mapped attribute")


def _works(scope: Scope, part: Part) -> Precondition:
    name = "works-today"
    if scope.settings.highest_sqlalchemy < (2, 0):
        return Precondition(name, Status.PROVEN, "the project runs on SQLAlchemy 1.4")
    text = "where SQLAlchemy is 2.0 or higher this raises today, and the rewrite would not"
    return Precondition(name, Status.UNKNOWN, text, scope.place(part.call))


def _attributes(scope: Scope, part: Part, strings: list[str]) -> tuple[Patch, ...]:
    patches: list[Patch] = []
    for argument, text in zip(part.call.args, strings, strict=True):
        if part.strategy not in names.COLUMN_LOADERS and "." in text:
            return _path(scope, part, named_steps(scope, part.model, text))
        owner = _class(scope, part.model, part.named, argument, patches)
        patches.append(Replace(scope.place(argument), Code.of(f"{{owner}}.{text}", owner=owner)))
    return tuple(patches)


def _path(scope: Scope, part: Part, steps: list[Step]) -> tuple[Patch, ...]:
    """`joinedload("lines.product")`, which loads the product eagerly, and the lines as ever."""
    function, patches = part.call.func, list[Patch]()
    holes: dict[str, Hole] = {}
    match function:
        case ast.Name():
            text = "defaultload"
            patches.append(Import(scope.place(function), "sqlalchemy.orm", "defaultload"))
        case ast.Attribute(value=ast.Name() as owner):
            text, holes["owner"] = "{owner}.defaultload", Copied(scope.place(owner))
        case _:
            return ()
    if part.call.keywords or len(part.call.args) > 1:
        return ()
    for number, step in enumerate(steps):
        named = None if number else part.named
        holes[f"m{number}"] = _class(scope, step.model, named, part.call, patches)
        if number:
            text += ".defaultload" if number < len(steps) - 1 else f".{part.strategy}"
        text += f"({{m{number}}}.{step.relationship.name})"
    return (*patches, Replace(scope.place(part.call), Code.of(text, **holes)))


def _class(
    scope: Scope, model: Model, named: ast.expr | None, node: ast.expr, patches: list[Patch]
) -> Hole:
    if named is not None:
        return Copied(scope.place(named))
    name, imports = class_name(scope, model.full_name, scope.place(node))
    patches += imports
    return name


def subquery_loads(
    scope: Scope, chain: tuple[Part, ...], number: int, chains: tuple[tuple[Part, ...], ...]
) -> tuple[tuple[Precondition, ...], tuple[Patch, ...]] | None:
    """The preconditions of `selectinload()` instead of a call of a chain and of all that load the
    same, and how to write it; None if an earlier chain of the query loads the same."""
    part, path = chain[number], _path_of(chain, number)
    same = [
        other
        for others in chains
        for at, other in enumerate(others)
        if other.step is not None and _path_of(others, at) == path
    ]
    if not path or same[0] is not part:
        return None
    conditions = (
        _item_order(scope, part), _items_once(scope, part), _whole_query(scope, part), _one_key(scope, part),
        _agree(scope, part, path, same),
    )  # fmt: skip
    return conditions, tuple(patch for other in same for patch in _selectin(scope, other))


def _selectin(scope: Scope, part: Part) -> tuple[Patch, ...]:
    function = part.call.func
    if isinstance(function, ast.Attribute):
        code = Code.of("{owner}.selectinload", owner=Copied(scope.place(function.value)))
        return (Replace(scope.place(function), code),)
    return (
        Replace(scope.place(function), Code.of("selectinload")),
        Import(scope.place(function), "sqlalchemy.orm", "selectinload"),
        DropImport(scope.place(function), "subqueryload"),
    )


def _path_of(chain: tuple[Part, ...], number: int) -> tuple[str, ...]:
    """The names of what is loaded on the way to a call and by it; none if one is not known."""
    steps = [part.step for part in chain[: number + 1]]
    return tuple(s.relationship.name for s in steps if s is not None) if all(steps) else ()


def _agree(scope: Scope, part: Part, path: tuple[str, ...], same: list[Part]) -> Precondition:
    """SQLAlchemy raises where two options of a query load the same by different strategies."""
    name, place = "options-agree", scope.place(part.call)
    given = part.run.query.loaders
    known = [_loads(loader, (), path) for loader in given]
    written = all(other.strategy == "subqueryload" and scope.placed(other.call) for other in same)
    if None not in known and sum(filter(None, known)) == len(same) and written:
        return Precondition(name, Status.PROVEN, "the options of the query agree how to load it")
    text = f"another option of the query says how to load {path[-1]}, and the two have to agree"
    return Precondition(name, Status.REFUTED, text, place)


def _loads(loader: Loader | None, before: tuple[str, ...], path: tuple[str, ...]) -> int | None:
    """How many options say how to load a path; None if that is not known."""
    if loader is None or loader.path is None or loader.strings:
        return None
    whole = (*before, *(step.relationship.name for step in loader.path))
    nested = [_loads(branch, whole, path) for branch in loader.branches]
    if None in nested:
        return None
    own = len(before) < len(path) and whole[: len(path)] == path
    return own + sum(filter(None, nested))


def _item_order(scope: Scope, part: Part) -> Precondition:
    assert part.step is not None
    name, relationship = "item-order", part.step.relationship
    if relationship.to_one or relationship.ordered:
        return Precondition(name, Status.PROVEN, "the items keep the order that is declared")
    text = f"{relationship.name} has no order_by, and its items may come in another order"
    return Precondition(name, Status.UNKNOWN, text, scope.place(part.call))


def _items_once(scope: Scope, part: Part) -> Precondition:
    assert part.step is not None
    return order.items_once(scope, part.step)


def _whole_query(scope: Scope, part: Part) -> Precondition:
    name, query = "no-limit", part.run.query
    if query.has("limit", "offset", "slice", "from_statement", "yield_per"):
        text = "the subquery of a query with LIMIT may find other rows than the query"
        return Precondition(name, Status.UNKNOWN, text, scope.place(part.call))
    return Precondition(name, Status.PROVEN, "the subquery finds the rows of the query")


def _one_key(scope: Scope, part: Part) -> Precondition:
    name = "row-values"
    if len(part.model.primary_key) == 1:
        return Precondition(name, Status.PROVEN, "one column is the key of the rows")
    databases = scope.settings.database
    if databases and "mssql" not in databases:
        return Precondition(name, Status.PROVEN, "the database compares several columns at once")
    text = "SQL Server has no IN for the several columns of this key"
    return Precondition(name, Status.UNKNOWN, text, scope.place(part.call))
