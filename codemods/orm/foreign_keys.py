"""Related rows that are loaded for nothing but their key, which the row itself has."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Fix, Precondition, Status
from codemods.orm import preconditions, whole_rows
from codemods.orm.databases import ENFORCING
from codemods.orm.eager_conditions import conditions as eager_conditions
from codemods.orm.events import Act, Read
from codemods.orm.later_loads import answered_later
from codemods.orm.preconditions import effects, proven, unknown
from codemods.orm.values import Session
from codemods.orm.watching import everywhere
from codemods.patch import Code, Copied, Patch, Replace
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.eager import RowRead
    from codemods.orm.scope import Scope

_WRITES = (Act.SET, Act.APPEND, Act.ADD, Act.DELETE, Act.DML, Act.SQL)
_VOIDING = (
    Act.COMMIT, Act.ROLLBACK, Act.EXPIRE, Act.REFRESH, Act.EXPUNGE, Act.CLOSE, Act.SAVEPOINT,
)  # fmt: skip


@dataclass(frozen=True)
class KeyRead:
    """`line.product.id`, where `column` of the line is what the product is found by.

    `reads` are the relationship's reads and `places` the whole expressions, in the same order.
    """

    read: RowRead = field(repr=False)
    column: Column
    target: Column
    reads: tuple[Read, ...]
    places: tuple[ast.Attribute, ...]
    preconditions: tuple[Precondition, ...] = ()

    @property
    def scope(self) -> Scope:
        return self.read.scope

    @property
    def title(self) -> str:
        return f"Read {self.column.name} instead"

    @property
    def message(self) -> str:
        return (
            f"{self.read.label} is loaded row by row for its {self.target.name}, which the row has "
            f"as {self.column.name}"
        )

    @property
    def cost(self) -> Cost:
        before = self.read.lazy_cost.before
        return Cost(before, Amount(before.statements.rpartition(" + ")[0], self.read.rows_name))

    def patches(self) -> tuple[Patch, ...]:
        place = self.scope.place
        return tuple(
            Replace(
                place(whole),
                Code.of(f"{{row}}.{self.column.name}", row=Copied(place(_owner(read.node)))),
            )
            for read, whole in zip(self.reads, self.places, strict=True)
        )


def by_foreign_key(read: RowRead) -> KeyRead | None:
    """The same without the related rows, if that is at least as sure as loading them eagerly."""
    found = _key_read(read)
    if found is None:
        return None
    known = _conditions(found)
    if any(condition.status is not Status.PROVEN for condition in known):
        eager = eager_conditions(read)
        if all(condition.status is Status.PROVEN for condition in eager):
            return None
    return KeyRead(read, found.column, found.target, found.reads, found.places, known)


def key_instead(read: RowRead) -> Fix | None:
    """The fix that reads the key, for a person to choose where loading the rows is surer."""
    found = _key_read(read)
    if found is None:
        return None
    return Fix.if_possible(found.title, _conditions(found), found.patches)


def _key_read(read: RowRead) -> KeyRead | None:
    relationship, scope = read.step.relationship, read.scope
    if relationship.direction != "many-to-one" or relationship.custom_join or relationship.viewonly:
        return None
    target = scope.index.model(relationship.target) if relationship.target else None
    column = read.step.model.columns.get(relationship.keys[0]) if relationship.keys else None
    if target is None or column is None or len(relationship.keys) != 1 or column.expression:
        return None
    reads = read.reads_of(len(read.path))
    places = []
    for each in reads:
        whole = scope.parents.get(each.node)
        if not each.own or each.awaited or each.reload or not isinstance(each.node, ast.Attribute):
            return None
        if not isinstance(whole, ast.Attribute) or not isinstance(whole.ctx, ast.Load):
            return None
        places.append(whole)
    names = {whole.attr for whole in places}
    key = target.columns.get(names.pop()) if len(names) == 1 else None
    if key is None or key.expression or not target.table:
        return None
    if column.foreign_key != f"{target.table}.{key.column_name or key.name}":
        return None
    return KeyRead(read, column, key, tuple(reads), tuple(places))


def _owner(node: ast.AST) -> ast.expr:
    assert isinstance(node, ast.Attribute)
    return node.value


def _conditions(found: KeyRead) -> tuple[Precondition, ...]:
    scope, read = found.scope, found.read
    last = max(read.loop.last, *(each.index for each in found.reads))
    window = scope.events[read.run.index : last + 1]
    return (
        _never_null(found),
        _row_exists(found),
        _same_values(found),
        _key_loaded(found),
        _key_unchanged(found),
        _flushes_alike(found),
        _rows_attached(found),
        whole_rows.heard_by_nobody(scope, _loaded(found), found.reads[0]),
        _not_needed_later(found),
        _read_here_alone(found),
        preconditions.errors_not_handled(scope, found.reads),
        preconditions.no_unknown_calls(scope, window),
        preconditions.read_at_once(scope, found.reads),
        preconditions.not_suspended(scope, window),
    )


def _loaded(found: KeyRead) -> tuple[Model, ...]:
    """The classes of which the loads bring rows into the session."""
    target = found.read.step.relationship.target
    return whole_rows.brought_in(found.scope, [target] if target else [])


def _not_needed_later(found: KeyRead) -> Precondition:
    """No `get()` or other load is answered by the rows that are loaded for their keys."""
    scope, read = found.scope, found.read
    around = read.loop.parents[0].first if read.loop.parents else found.reads[0].index
    own = {id(each) for each in found.reads}
    events = [event for event in scope.events[around:] if id(event) not in own]
    answered = answered_later(scope, {model.full_name for model in _loaded(found)}, events)
    return answered or proven("not-needed-later", "nothing later looks for the related rows")


def _read_here_alone(found: KeyRead) -> Precondition:
    """Nobody else gets the rows, who would find the related ones loaded today."""
    name, scope, read = "read-here-alone", found.scope, found.read
    relationship = read.step.relationship
    seen = everywhere(scope.program, scope.code, read.run)
    if seen is None:
        text = (
            f"the rows are handed on, and who gets them finds their {relationship.name} loaded "
            "today, also when the session is closed"
        )
        return unknown(scope, name, text, read.run)
    own = {id(each.node) for each in found.reads}
    for watch, run in seen:
        for each in watch.reads:
            other = each.step.relationship == relationship and id(each.node) not in own
            if other and any(origin.run is run for origin in each.row.origins):
                text = f"{read.label} is read again, and is loaded by this today"
                return unknown(scope, name, text, found.reads[0])
    return proven(name, "nothing else is done with the rows that needs the related ones")


def _label(found: KeyRead) -> str:
    return f"{found.read.step.model.name}.{found.column.name}"


def _never_null(found: KeyRead) -> Precondition:
    name = "never-null"
    if found.column.nullable:
        text = f"{_label(found)} may be NULL, for which the code raises AttributeError today"
        return unknown(found.scope, name, text, found.reads[0])
    target = found.scope.index.model(found.read.step.relationship.target or "")
    if target is not None and target.parents:
        text = f"{_label(found)} may hold the key of a row that is no {target.name}"
        return unknown(found.scope, name, text, found.reads[0])
    return proven(name, f"{_label(found)} is NOT NULL")


def _row_exists(found: KeyRead) -> Precondition:
    """A key of no row gives None today, and AttributeError (trap c11_08)."""
    name, databases = "row-exists", found.scope.settings.database
    if databases and ENFORCING.issuperset(databases):
        return proven(name, f"the database keeps the row that {_label(found)} points at")
    text = (
        f"the row that {_label(found)} points at may be gone, for which the code raises "
        "AttributeError today"
    )
    if databases:
        text += "; SQLite and MySQL do not always enforce foreign keys"
    return unknown(found.scope, name, text, found.reads[0])


def _same_values(found: KeyRead) -> Precondition:
    name, column, target = "same-values", found.column, found.target
    same = (
        column.python == target.python and column.python is not None and column.enum == target.enum
    )
    if same and not (column.decorated or target.decorated or column.collation):
        return proven(name, f"{_label(found)} holds values of the same type")
    text = f"nothing says that {_label(found)} gives the same values as the key of the other row"
    return unknown(found.scope, name, text, found.reads[0])


def _key_loaded(found: KeyRead) -> Precondition:
    """The foreign key comes with the rows, which costs no statement of its own."""
    name = "column-loaded"
    options = [ast.unparse(call) for call in found.read.query.option_calls]
    partly = any("load_only" in text or "defer" in text for text in options)
    if found.column.deferred or partly or (len(found.read.path) > 1 and options):
        text = f"{_label(found)} may not be loaded with the rows"
        return unknown(found.scope, name, text, found.read.run)
    return proven(name, f"{_label(found)} is loaded with the rows")


def _key_unchanged(found: KeyRead) -> Precondition:
    """No row has another related row than the foreign key says."""
    name, scope, model = "key-unchanged", found.scope, found.read.step.model
    family = {model.full_name, *model.parents, *model.children}
    last = max(each.index for each in found.reads)
    for effect in effects(scope.events[: max(last, found.read.loop.last) + 1], *_WRITES):
        if effect.act is Act.ADD and effect.model is not None:
            continue
        other = effect.model is not None and effect.model.full_name not in family
        related = effect.model is not None and effect.attribute in effect.model.relationships
        if other and not related and effect.act is Act.SET:
            continue
        text = f"this may change which {found.read.step.relationship.name} a row has"
        return unknown(scope, name, text, effect)
    return proven(name, "nothing changes which row is related to which")


def _flushes_alike(found: KeyRead) -> Precondition:
    """What waits in the session is in the rows already, and needs no flush of the load."""
    name, scope, run = "flushes-alike", found.scope, found.read.run
    last = max(each.index for each in found.reads)
    for effect in effects(scope.events[: max(last, found.read.loop.last) + 1], *_WRITES, Act.CALL):
        if effect.act is not Act.CALL or effect.receives:
            text = "what waits here is flushed by the load, and would not be without it"
            return unknown(scope, name, text, effect)
    session = run.session if isinstance(run.session, Session) else None
    if session is None or session.autoflush is not True or run.no_autoflush:
        text = "a row that has been changed elsewhere may have a related row without its key"
        return unknown(scope, name, text, run)
    return proven(name, "the query flushes what waits")


def _rows_attached(found: KeyRead) -> Precondition:
    name, scope = "rows-stay-loaded", found.scope
    window = scope.events[found.read.run.index : found.read.loop.last + 1]
    for effect in effects(window, *_VOIDING):
        text = "rows may be expired or detached here, where the load would raise or ask again"
        return unknown(scope, name, text, effect)
    if found.read.fails:
        text = "in async code the load raises today, and the rewrite would not"
        return unknown(scope, name, text, found.reads[0])
    return proven(name, "the rows stay in the session")
