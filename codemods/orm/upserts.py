"""Loops that write the table they look up: how what was fetched is kept up with that."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm import made_rows, sessions, tables_read
from codemods.orm.core_lookups import may_write
from codemods.orm.events import Act, Effect, Event
from codemods.orm.flush_effects import SESSION_ADDS
from codemods.orm.new_rows import flushed_by
from codemods.orm.not_found import is_under_not_found, result_name
from codemods.orm.values import Row, Session

if TYPE_CHECKING:
    from codemods.orm.lookups import Lookup

WRITES = (Act.ADD, Act.DELETE, Act.SET, Act.APPEND, Act.DML, Act.SQL)


@dataclass
class Upkeep:
    """What the writes of a loop mean for what was fetched.

    `statements` are the writes that need a line of their own after them.
    """

    statements: list[Effect] = field(default_factory=list)
    refuted: tuple[str, Event] | None = None
    doubt: tuple[str, Event] | None = None


def upkeep(
    lookup: Lookup, writes: list[Effect], kept: Sequence[Effect] = (), seen: bool = True
) -> Upkeep:
    """Judge every write of the loop (semantics 3.4).

    Args:
        kept: rows that a function adds which the loop calls, and puts into what was fetched itself.
        seen: False where no lookup looks for what another round writes, or the callers say if it
            sees that.
    """
    result = Upkeep()
    names = _family(lookup)
    columns = {part.column.name for part in lookup.parts}
    for predicate in lookup.invariant:
        if predicate.column is not None:
            columns.add(predicate.column.name)
        if predicate.column is None and predicate.models:
            columns |= set(lookup.model.columns) - set(lookup.model.primary_key)
    if lookup.kind == "rows" or (lookup.amount == "first" and not lookup.is_unique):
        columns |= {o.column.name for o in lookup.query.orderings if o.column is not None}
        if any(o.column is None for o in lookup.query.orderings):
            columns |= set(lookup.model.columns)
    if lookup.kind in ("aggregate", "value", "values", "columns", "tuples", "count"):
        columns |= {n for c in lookup.columns for n in (c.column.name,)}
    if lookup.kind in ("aggregate", "totals", "figures") or lookup.query.joins:
        columns |= set(lookup.model.columns)
    for name in names:
        if lookup.query.joins and (joined := lookup.scope.index.model(name)) is not None:
            columns |= set(joined.columns)
    read = tables_read.inside(lookup.scope, lookup.run)
    others = read.models - names
    for effect in writes:
        full = effect.model.full_name if effect.model else None
        if read.core and may_write(lookup.scope, effect):
            table = min(read.core)
            result.refuted = (f"the loop may change rows of {table}, which the query reads", effect)
        elif _reaches(effect, others):
            title = effect.model.name if effect.model else "something"
            result.refuted = (
                f"the loop writes {title}, which a condition of the query reads",
                effect,
            )
        elif read.hidden is not None and effect.act is not Act.SQL:
            result.doubt = result.doubt or (
                f"`{ast.unparse(read.hidden)}` may read what the loop writes",
                effect,
            )
        if result.refuted:
            break
        if effect.act is Act.SQL:
            result.doubt = result.doubt or (
                f"the loop runs a statement that may write {lookup.model.name}",
                effect,
            )
        elif effect.act is Act.DML:
            if full is None or full in names:
                result.refuted = (f"the loop writes {lookup.model.name} by a statement", effect)
        elif effect.act is Act.APPEND:
            if _appended(effect, names):
                result.refuted = (
                    f"the loop adds a {lookup.model.name} through a relationship",
                    effect,
                )
        elif effect.act is Act.SET and _attaches(effect, names):
            result.refuted = (f"the loop attaches a {lookup.model.name} to another row", effect)
        elif effect.act is Act.SET:
            if full is None and effect.attribute in columns:
                result.doubt = result.doubt or (
                    f"{effect.attribute} is assigned in the loop",
                    effect,
                )
            elif full is None or full in names:
                if effect.attribute is None or effect.attribute in columns:
                    if not _is_new(effect):
                        what = effect.attribute or "an attribute"
                        result.refuted = (
                            f"the loop assigns {what}, by which rows are found",
                            effect,
                        )
                elif full in names and _sets_a_key(lookup, effect.attribute, columns):
                    result.refuted = (
                        f"the loop assigns {effect.attribute}, which is a key",
                        effect,
                    )
        elif effect.act is Act.ADD:
            if full is None:
                result.doubt = result.doubt or (
                    f"the loop adds an object that may be a {lookup.model.name}",
                    effect,
                )
            elif full in names:
                _added(lookup, effect, result, kept, seen)
        elif effect.act is Act.DELETE:
            if full is None or full in names:
                _deleted(lookup, effect, result)
            elif _cascades(lookup, effect, names):
                result.refuted = (f"deleting it may delete a {lookup.model.name} too", effect)
        if result.refuted:
            break
    return result


def _sets_a_key(lookup: Lookup, name: str, columns: set[str]) -> bool:
    """True for a relationship whose assignment writes a column by which rows are found."""
    relationship = lookup.model.relationships.get(name)
    if relationship is None or not relationship.found_by_key or not relationship.keys:
        return relationship is not None
    return not columns.isdisjoint(relationship.keys)


def _family(lookup: Lookup) -> set[str]:
    model = lookup.model
    joined = {name for name in (lookup.query.tables or ()) if lookup.query.joins}
    return {model.full_name, *model.parents, *model.children, *joined}


def _reaches(effect: Effect, names: set[str]) -> bool:
    """True if a write may change rows of these classes."""
    if effect.model is None or effect.act is Act.SQL:
        return False
    if effect.model.full_name in names:
        return True
    relationship = effect.model.relationships.get(effect.attribute or "")
    if relationship is not None and relationship.direction != "many-to-one":
        return relationship.target in names
    return effect.act is Act.DELETE and any(
        each.target in names and each.direction != "many-to-one"
        for each in effect.model.relationships.values()
    )


def _is_new(effect: Effect) -> bool:
    return isinstance(effect.target, Row) and effect.target.new and not effect.target.origins


def _appended(effect: Effect, names: set[str]) -> bool:
    if effect.model is None or effect.attribute is None:
        return True
    relationship = effect.model.relationships.get(effect.attribute)
    return relationship is None or relationship.target is None or relationship.target in names


def _attaches(effect: Effect, names: set[str]) -> bool:
    """True if the assignment may add a row of these classes, or change its foreign key."""
    if effect.model is None or effect.attribute is None:
        return (
            isinstance(effect.value, Row)
            and effect.value.new
            and (effect.value.model.full_name in names)
        )
    relationship = effect.model.relationships.get(effect.attribute)
    if relationship is None or relationship.target not in names:
        return False
    existing = isinstance(effect.value, Row) and not effect.value.new
    return relationship.direction != "many-to-one" or not existing


def _cascades(lookup: Lookup, effect: Effect, names: set[str]) -> bool:
    if effect.model is None:
        return True
    return any(r.target in names for r in effect.model.relationships.values())


def _flushing(lookup: Lookup, effect: Effect, result: Upkeep) -> bool:
    """Whether the lookups see what the loop has written, which decides what is right."""
    run = lookup.run
    session = run.session if isinstance(run.session, Session) else None
    if session is None or session.autoflush is None:
        result.refuted = (
            f"the loop writes {lookup.model.name}, and whether a lookup flushes that is not known",
            effect,
        )
    elif not session.autoflush or run.no_autoflush:
        result.refuted = (
            f"without autoflush, a lookup does not see the {lookup.model.name} that the loop writes",
            effect,
        )
    return result.refuted is None


def _added(
    lookup: Lookup, effect: Effect, result: Upkeep, kept: Sequence[Effect], seen: bool
) -> None:
    """`session.add(M(k=key))` where the lookup found nothing."""
    model = lookup.model
    if (lookup.run.or_asked and lookup.is_unique) or _is_stored(lookup, effect):
        # what was found keeps its key to itself, and another one is asked for as before
        return
    if _in_another_session(lookup, effect):
        text = f"the loop adds a {model.name} to another session than the one that is asked"
        result.doubt = result.doubt or (text, effect)
    # what comes before the lookup of the same round is for that one, too
    looked_for = seen or effect.index < lookup.run.index
    window = lookup.scope.events[lookup.loop.first : lookup.loop.last + 1]
    if looked_for and flushed_by(effect, window) is None and not _flushing(lookup, effect, result):
        return
    if effect in kept:
        return
    reason = None
    made = constructed(lookup, effect)
    one = lookup.kind in ("row", "exists") or lookup.tested is not None
    if not one or lookup.is_get or lookup.query.joins:
        reason = f"the loop adds a {model.name}, which changes what later lookups find"
    elif not effect.own:
        reason = f"{effect.frame.code.name}() adds a {model.name}, which later lookups may find"
    elif any(part.column.python == "Decimal" for part in lookup.parts):
        reason = f"the key of the new {model.name} may be rounded as it is stored"
    elif lookup.apart:
        reason = f"the loop adds a {model.name}, and the database says what its key is"
    elif model.events:
        reason = f"events of {model.name} may change the new row"
    elif SESSION_ADDS & lookup.scope.index.session_events:
        reason = f"a listener of the session may change the new {model.name}"
    elif changing := made_rows.changed_by(lookup.scope.flow, model, _columns(lookup)):
        reason = f"{changing}() of {model.name} may give the new row another key"
    elif made is None:
        reason = f"it is not seen how the {model.name} is made that the loop adds"
    elif not _has_key(lookup, made):
        reason = f"the new {model.name} may not have the key that was looked up"
    elif not is_under_not_found(lookup, effect):
        reason = f"a {model.name} is added also where the lookup finds one"
    elif not (isinstance(effect.statement, ast.Expr) and effect.statement.value is effect.node):
        reason = f"the {model.name} is added inside another expression"
    elif _assigned_later(lookup, effect):
        reason = "the looked-up columns of the new row are assigned in the loop"
    if reason:
        result.refuted = (reason, effect)
    else:
        result.statements.append(effect)


def _in_another_session(lookup: Lookup, effect: Effect) -> bool:
    asked, told = lookup.run.session, effect.session
    if asked is None or told is None:
        return False
    return not sessions.are_one(lookup.scope.index, asked, told)


def _is_stored(lookup: Lookup, effect: Effect) -> bool:
    """True for `session.add(row)` of a row that a query has found, which is in the session already,
    and is not taken out of it in the loop."""
    row, node, loop = effect.target, effect.node, lookup.loop
    match node:
        case ast.Call(func=ast.Attribute(value=session, attr="add"), args=[ast.Name()]):
            pass
        case _:
            return False
    if not isinstance(row, Row) or row.new or not row.origins:
        return False
    for origin in row.origins:
        sender = origin.run.session_node if origin.run is not None and origin.run.own else None
        if sender is None or ast.dump(sender) != ast.dump(session):
            return False
    inside = lookup.scope.events[loop.first : loop.last + 1]
    return not any(
        isinstance(each, Effect) and each.act in (Act.DELETE, Act.EXPUNGE) for each in inside
    )


def constructed(lookup: Lookup, effect: Effect) -> ast.Call | None:
    """The call that makes the object which is added."""
    match effect.node:
        case ast.Call(args=[ast.Call() as made], func=ast.Attribute(attr="add")):
            return made
        case ast.Call(args=[ast.Name(id=name)], func=ast.Attribute(attr="add")):
            found = [
                s
                for s in walk(lookup.loop.owner)
                if isinstance(s, ast.Assign)
                and isinstance(s.targets[0], ast.Name)
                and s.targets[0].id == name
                and isinstance(s.value, ast.Call)
                and s.value is not lookup.expression
                and s.lineno <= effect.statement.lineno
            ]
            calls = [s.value for s in found if isinstance(s.value, ast.Call)]
            own = [c for c in calls if lookup.expression not in set(walk(c))]
            return own[0] if len(own) == 1 else None
    return None


def _has_key(lookup: Lookup, made: ast.Call) -> bool:
    given = {k.arg: ast.dump(k.value) for k in made.keywords}
    if None in given or made.args:
        return False
    for part in lookup.parts:
        if part.attribute or given.get(part.column.name) != ast.dump(part.operand):
            return False
    for predicate in lookup.invariant:
        if not predicate.is_equality or predicate.column is None or predicate.operand is None:
            return False
        if given.get(predicate.column.name) != ast.dump(predicate.operand):
            return False
    return True


def _columns(lookup: Lookup) -> set[str]:
    """The columns by which a row is looked up."""
    columns = {part.column.name for part in lookup.parts}
    return columns | {p.column.name for p in lookup.invariant if p.column}


def _assigned_later(lookup: Lookup, effect: Effect) -> bool:
    columns = _columns(lookup)
    return any(
        isinstance(e, Effect) and e.act is Act.SET and e.attribute in columns
        for e in lookup.scope.events[lookup.loop.first : lookup.loop.last + 1]
    )


def _deleted(lookup: Lookup, effect: Effect, result: Upkeep) -> None:
    """`session.delete(found)` of the row that was found by a unique key."""
    if not _flushing(lookup, effect, result):
        return
    if not effect.own:
        by = effect.frame.code.name
        result.refuted = (f"{by}() deletes a {lookup.model.name}, which later lookups miss", effect)
        return
    if lookup.model.relationships:
        result.refuted = (
            f"deleting a {lookup.model.name} changes the rows that belong to it when a lookup flushes",
            effect,
        )
        return
    name = result_name(lookup)
    match effect.node:
        case ast.Call(args=[ast.Name(id=deleted)]) if deleted == name and name is not None:
            stores = [
                n
                for n in walk(lookup.loop.owner)
                if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store)
            ]
            direct = isinstance(effect.statement, ast.Expr) and len(stores) == 1
            single = lookup.is_unique or lookup.amount in ("one", "one_or_none")
            if single and lookup.kind == "row" and not lookup.is_get and direct:
                result.statements.append(effect)
                return
    result.refuted = (
        f"the loop deletes a {lookup.model.name}, which later lookups do not find",
        effect,
    )
