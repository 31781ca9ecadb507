"""What the code writes while it reads row by row, and whether an eager load would miss it."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from codemods.finding import Precondition
from codemods.orm import eager_unread
from codemods.orm.databases import ENFORCING
from codemods.orm.eager import RowRead
from codemods.orm.events import Act, Effect, Event
from codemods.orm.flush_effects import SESSION_FLUSHES
from codemods.orm.preconditions import effects, proven, refuted, unknown
from codemods.orm.values import Row, Step, Symbol, Value, kind_of, may_be_none

if TYPE_CHECKING:
    from codemods.orm.scope import Scope
    from codemods.project.model import Model

_CHANGES = (Act.ADD, Act.DELETE, Act.SET, Act.APPEND)


def writes(events: Sequence[Event]) -> bool:
    """True if something may be pending when the rows are read."""
    return bool(effects(events, *_CHANGES))


def family(scope: Scope, names: set[str]) -> set[str]:
    """These classes with their mapped parents and children, whose tables they share."""
    found = set(names)
    for name in names:
        model = scope.index.model(name)
        if model is not None:
            found |= {*model.parents, *model.children}
    return found


def nothing_written(read: RowRead, events: Sequence[Event]) -> Precondition:
    """Neither the targets nor the keys that lead to them change meanwhile (semantics 2.1.4)."""
    name, scope = "nothing-written", read.scope
    for effect in effects(events, Act.SET, Act.APPEND, Act.DELETE, Act.DML, Act.SQL, Act.ADD):
        found: Precondition | None
        match effect.act:
            case Act.SQL:
                return unknown(
                    scope, name, "a statement that is not understood runs meanwhile", effect
                )
            case Act.DML:
                found = _bulk(read, effect)
            case Act.DELETE:
                found = _deleted(read, effect)
            case Act.ADD:
                found = _added(read, effect, events)
            case _:
                found = _assigned(read, effect)
        if found is not None:
            return found
    if (later := eager_unread.key_given_later(read)) is not None:
        return later
    return proven(name, "neither the rows nor the keys between them are written meanwhile")


def _targets(read: RowRead) -> set[str]:
    return family(read.scope, {step.relationship.target or "" for step in read.path})


def _models(read: RowRead) -> set[str]:
    return _targets(read) | family(read.scope, {step.model.full_name for step in read.path})


def _bulk(read: RowRead, effect: Effect) -> Precondition:
    scope, full = read.scope, effect.model.full_name if effect.model else None
    secondary = any(step.relationship.secondary for step in read.path)
    if full in _models(read) or (full is None and secondary):
        return refuted(
            scope, "nothing-written", "a bulk statement writes the rows that are read", effect
        )
    return unknown(
        scope,
        "nothing-written",
        "a bulk statement runs meanwhile, which may reach these rows",
        effect,
    )


def _deleted(read: RowRead, effect: Effect) -> Precondition:
    full = effect.model.full_name if effect.model else None
    if full is None or full in _targets(read):
        return refuted(
            read.scope, "nothing-written", "rows that are read get deleted meanwhile", effect
        )
    reason = "rows are deleted meanwhile, and what is deleted with them may be read here"
    return unknown(read.scope, "nothing-written", reason, effect)


def _added(read: RowRead, effect: Effect, events: Sequence[Event]) -> Precondition | None:
    """A new row may belong to a collection that is read later, or be what a key points at."""
    scope, name = read.scope, "nothing-written"
    collections = {
        step.relationship.target or "" for step in read.path if not step.relationship.found_by_key
    }
    model = effect.model
    if model is not None and model.full_name in family(scope, collections):
        reason = f"a new {model.name} may belong to a row that is read later"
        return refuted(scope, name, reason, effect)
    if _merges(effect) and (model is None or _reach(model) & _models(read)):
        reason = "merge() may write keys of rows that are read later"
        return unknown(scope, name, reason, effect)
    session = read.run.session
    if session is not None and session.autoflush is False and not effects(events, Act.FLUSH):
        return None
    if model is None and collections:
        reason = "what is added here may belong to a row that is read later"
        return unknown(scope, name, reason, effect)
    missing = {step.relationship.target or "" for step in read.path if not _kept(scope, step)}
    if missing and (model is None or model.full_name in family(scope, missing)):
        added = f"a new {model.name}" if model is not None else "what is added here"
        reason = f"{added} may be what a key points at whose row is missing so far"
        return unknown(scope, name, reason, effect)
    return None


def _merges(effect: Effect) -> bool:
    match effect.node:
        case ast.Call(func=ast.Attribute(attr="merge")):
            return True
    return False


def _reach(model: Model) -> set[str]:
    """The class with those that its relationships lead to."""
    return {model.full_name, *(r.target or "" for r in model.relationships.values())}


def _kept(scope: Scope, step: Step) -> bool:
    """True if every database of the project keeps the row that the key points at."""
    databases, relationship = scope.settings.database, step.relationship
    if not relationship.found_by_key or relationship.custom_join:
        return not relationship.found_by_key
    columns = [step.model.columns.get(key) for key in relationship.keys]
    constrained = all(column is not None and column.foreign_key for column in columns)
    return constrained and bool(databases) and ENFORCING.issuperset(databases)


def _assigned(read: RowRead, effect: Effect) -> Precondition | None:
    scope, name, attribute = read.scope, "nothing-written", effect.attribute
    full = effect.model.full_name if effect.model else None
    if attribute is None:
        return unknown(scope, name, "an attribute is written that may be any, also a key", effect)
    leading, sorting = _leading(read)
    if attribute in leading and (full is None or full in _models(read)):
        return refuted(scope, name, f"{attribute} is assigned while the rows are read", effect)
    if full is None:
        reason = f"{attribute} is assigned on what may be one of the rows"
        return unknown(scope, name, reason, effect)
    if effect.model is not None and effect.model.events:
        return unknown(scope, name, f"assigning {attribute} runs validators or listeners", effect)
    relationship = effect.model.relationships.get(attribute) if effect.model else None
    if relationship is not None:
        if full in _models(read) and (relationship.target or "") in _models(read):
            return refuted(scope, name, f"{attribute} is assigned while the rows are read", effect)
        reason = f"{attribute} is changed meanwhile, which may write keys that are read here"
        return unknown(scope, name, reason, effect)
    if attribute in sorting and full in _targets(read):
        return unknown(scope, name, f"{attribute} decides which items a collection has", effect)
    return None


def _leading(read: RowRead) -> tuple[set[str], set[str]]:
    """Attributes that lead from row to row, and those that collections are chosen or sorted by."""
    leading: set[str] = set()
    sorting: set[str] = set()
    for step in read.path:
        relationship = step.relationship
        target = read.scope.index.model(relationship.target or "")
        leading |= {relationship.name, *relationship.keys, *relationship.remote_keys}
        leading |= {relationship.back_populates or relationship.name, *step.model.primary_key}
        leading |= set(target.primary_key if target else ())
        if not relationship.found_by_key:
            sorting |= set(relationship.order_by)
            if target and (relationship.custom_join or len(relationship.order_by) == 0):
                sorting |= set(target.columns) if relationship.custom_join else set()
    return leading, sorting


def no_flush_needed(read: RowRead, events: Sequence[Event]) -> Precondition:
    """Nothing depends on the flush that a lazy load makes (semantics 1.1, 2.1.5)."""
    name, scope, session = "no-flush-needed", read.scope, read.run.session
    pending = [e for e in effects(events, *_CHANGES) if not _of_new_object(e)]
    if read.run.no_autoflush and not all(item.no_autoflush for item in read.reads):
        return unknown(
            scope,
            name,
            "what was pending at the query is flushed by the first lazy load",
            read.first,
        )
    if changed := read.query.has("autoflush"):
        return unknown(
            scope,
            name,
            f"{changed.method}() keeps the query from flushing, but not the loads",
            read.run,
        )
    known = session is not None and session.autoflush is True and not read.run.no_autoflush
    for effect in effects(events, Act.FLUSH):
        if not known:
            return unknown(
                scope,
                name,
                "rows from before the query may be flushed here, too late for it",
                effect,
            )
    if not pending:
        return proven(name, "nothing is pending while the rows are read")
    if session is not None and session.autoflush is False:
        return proven(name, "lazy loads of this session flush nothing (autoflush=False)")
    for effect in pending:
        plain = not scope.index.session_events & SESSION_FLUSHES
        if flushed(read, effect, events) or (effect.act is Act.SET and plain and fits(effect)):
            continue
        if effect.act is Act.ADD and any(item.index > effect.index for item in read.reads):
            return refuted(
                scope, name, "a new object gets its key by the flush of this lazy load", effect
            )
        what = "is added" if effect.act is Act.ADD else "changes"
        return unknown(
            scope, name,
            f"what {what} here is flushed by the next lazy load, and later without it", effect,
        )  # fmt: skip
    return proven(name, "the flush of a lazy load makes no difference to what is changed here")


def _of_new_object(effect: Effect) -> bool:
    """True for an assignment to an object that is in no session yet."""
    return (
        effect.act is Act.SET
        and isinstance(effect.target, Row)
        and effect.target.new
        and not effect.target.origins
        and effect.model is not None
        and effect.attribute not in effect.model.relationships
    )


def flushed(read: RowRead, effect: Effect, events: Sequence[Event]) -> bool:
    """True if the code flushes what `effect` leaves before anything is read again."""
    for flush in effects(events, Act.FLUSH):
        if flush.index < effect.index or flush.loops != effect.loops:
            continue
        if not set(flush.branches) <= set(effect.branches):
            continue
        if not any(effect.index < item.index < flush.index for item in read.reads):
            return True
    return False


def fits(effect: Effect) -> bool:
    """True for an UPDATE that cannot fail and changes nothing but the column that is assigned."""
    model, attribute, value = effect.model, effect.attribute, effect.value
    column = model.columns.get(attribute or "") if model else None
    if model is None or column is None or value is None or not _plain_update(model):
        return False
    if attribute in {name for key in model.unique for name in key} or column.foreign_key:
        return False
    if column.decorated or column.collation or (not column.nullable and absent(value)):
        return False
    if isinstance(value, Symbol) and column.enum is not None:
        return value.full_name.rpartition(".")[0] == column.enum
    return _same_kind(value, column.python, column.length)


def absent(value: Value) -> bool:
    return not isinstance(value, Symbol) and may_be_none(value)


def _plain_update(model: Model) -> bool:
    return (
        model.complete
        and not model.events
        and not model.versioned
        and not any(column.onupdate or column.expression for column in model.columns.values())
    )


def _same_kind(value: Value, python: str | None, length: int | None) -> bool:
    constant = getattr(value, "constant", ...)
    if constant is None:
        return True
    if python == "str" and length is not None:
        return isinstance(constant, str) and len(constant) <= length
    return python is not None and kind_of(value) in _TAKES.get(python, {python})


# What a column takes besides values of its own kind.
_TAKES = {"Decimal": {"int", "Decimal"}, "float": {"int", "float"}}
