"""Relationships that a query joins, and that are loaded again for each of its rows."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Amount, Cost, Note, Precondition, Role, Status
from codemods.orm.eager import loaders
from codemods.orm.eager_conditions import conditions as eager_conditions
from codemods.orm.eager_options import start, written
from codemods.orm.events import Act
from codemods.orm.foreign_keys import by_foreign_key
from codemods.orm.option_places import Spot
from codemods.orm.preconditions import effects, proven
from codemods.orm.values import ModelClass, RelationshipRef, Symbol, Value
from codemods.patch import Code, Import, Patch

if TYPE_CHECKING:
    from codemods.orm.eager import RowRead
    from codemods.orm.query import Query
    from codemods.orm.scope import Scope
    from codemods.project.model import Model

_JOINS = frozenset({"join", "outerjoin"})
# What else a query may do with a joined table that has to stay as it is.
_PLAIN = frozenset({
    "join", "outerjoin", "filter", "filter_by", "where", "order_by", "limit", "offset", "slice",
    "options", "with_for_update",
})  # fmt: skip
# How relationships of the joined class may load: not with it, in the same statement.
_LATER = frozenset({"select", "dynamic", "write_only", "noload", "raise", "raise_on_sql"})
# What may give rows in the session another foreign key than the database has: statements, and
# changes that no flush has sent.
_SENT = (Act.DML, Act.SQL)
_KEPT = (Act.SET, Act.APPEND, Act.ADD, Act.DELETE)
_TEXT = frozenset({"text", "literal_column"})
# What selectinload() needs and a join does not: keys that are equal in Python as well.
_OF_KEYS = frozenset({"keys-alike"})


@dataclass(frozen=True)
class JoinedRead:
    """`order.customer` of `session.query(Order).join(Order.customer)`."""

    read: RowRead = field(repr=False)
    join: ast.Call

    @property
    def scope(self) -> Scope:
        return self.read.scope

    @property
    def preconditions(self) -> tuple[Precondition, ...]:
        """What is proven of it: what is in doubt is loaded by another option."""
        return (
            proven("own-join", f"the join finds the one row that {self.read.label} is"),
            proven("keys-as-stored", "the rows have the foreign keys that the database has"),
            proven("as-eager-load", "all that `eager-load` asks for is proven"),
        )

    @property
    def message(self) -> str:
        return f"{self.read.label} is joined to the query, and loaded again for each of its rows"

    @property
    def title(self) -> str:
        return f"Load {self.read.step.relationship.name} from the join with contains_eager()"

    @property
    def cost(self) -> Cost:
        before = self.read.lazy_cost.before
        return Cost(before, Amount(before.statements.rpartition(" + ")[0], before.rows))

    @property
    def related(self) -> tuple[Note, ...]:
        note = self.scope.note(Role.QUERY, self.join, f"{self.read.label} is joined here")
        return (note, *self.read.related)

    def patches(self) -> tuple[Patch, ...]:
        read = self.read
        selected, before, imports = start(read)
        name = read.step.relationship.name
        option = Code.of(f"contains_eager({{entity}}.{name})", entity=selected)
        assert isinstance(read.spot, Spot)
        place = self.scope.place(read.spot.node)
        needed = Import(place, "sqlalchemy.orm", "contains_eager")
        return (*imports, needed, *written(read, (*before, option)))


def by_join(read: RowRead) -> JoinedRead | None:
    """The related rows from the join, if nothing is in doubt about it."""
    join = _own_join(read)
    if join is None or by_foreign_key(read) is not None:
        return None
    conditions = (p for p in eager_conditions(read) if p.name not in _OF_KEYS)
    if not all(condition.status is Status.PROVEN for condition in conditions):
        return None
    return JoinedRead(read, join) if _as_stored(read) else None


def _as_stored(read: RowRead) -> bool:
    """True if no row of the session may have another foreign key than the database.

    The join goes by what is stored, a lazy load and `selectinload()` by what the row has.
    """
    run, step = read.run, read.step
    before = read.scope.events[: run.index]
    names = {*_family(read.model), *_family(step.model)}
    if any(e.model is None or e.model.full_name in names for e in effects(before, *_SENT)):
        return False
    session = run.session
    if session is not None and session.autoflush is True and not run.no_autoflush:
        return True
    names.add(step.relationship.target or "")
    return not any(e.model is None or e.model.full_name in names for e in effects(before, *_KEPT))


def _family(model: Model) -> set[str]:
    return {model.full_name, *model.parents, *model.children}


def _own_join(read: RowRead) -> ast.Call | None:
    """The join that is the relationship's own, where its rows are those that the query finds."""
    relationship, query = read.step.relationship, read.query
    if len(read.path) != 1 or relationship.direction != "many-to-one" or read.subclass is not None:
        return None
    if relationship.custom_join or len(relationship.keys) != 1 or not read.run.own:
        return None
    target = read.scope.index.model(relationship.target) if relationship.target else None
    if target is None or not _alone(target) or target is read.model or not _by_key(read, target):
        return None
    if any(call.method not in _PLAIN or not call.sure for call in query.calls):
        return None
    if read.run.terminal == "paginate" or query.related is not None:
        return None
    if not _sorted_by_columns(read):
        return None
    cut = query.has("limit", "offset", "slice") or read.run.terminal in ("slice", "item")
    if cut and _joins_more(read):
        return None  # the query goes into a subquery, and the join with it
    if len(query.roots) != 1 or not query.understood or read.sharing is not None:
        return None
    if query.entities[read.entity].value != ModelClass(read.model):
        return None
    if any(names[:1] == (relationship.name,) and names[1:] for names in read.others):
        return None  # what is below it is loaded with it, by a chain of options
    return _join_of(query, read, target)


def _sorted_by_columns(read: RowRead) -> bool:
    """True if no text or number in the ORDER BY may mean a column that is selected."""
    arguments = [
        argument
        for call in read.query.calls
        if call.method == "order_by"
        for argument in call.node.args
    ]
    for node in (node for argument in arguments for node in walk(argument)):
        if isinstance(node, ast.Constant) and node.value is not None:
            return False
        if isinstance(node, ast.Name):
            value = read.scope.flow.lookup(node.id)
            last = value.full_name.rpartition(".")[2] if isinstance(value, Symbol) else "text"
            if last in _TEXT and not isinstance(value, ModelClass):
                return False
    return True


def _joins_more(read: RowRead) -> bool:
    """True if the query, or its class, loads more by joins."""
    given = any("joinedload" in loader.strategies for loader, _ in loaders(read.query))
    return given or any(r.lazy == "joined" for r in read.model.relationships.values())


def _join_of(query: Query, read: RowRead, target: Model) -> ast.Call | None:
    """The call that joins the target, where it does so once and by nothing but the foreign key."""
    found: ast.Call | None = None
    values = iter(query.joins)
    calls = [call.node for call in query.calls if call.method in _JOINS]
    if sum(len(node.args) for node in calls) != len(query.joins):
        return None
    for node in calls:
        given = [next(values) for _ in node.args]
        joined = [_joined(value) for value in given]
        if None in joined or any(keyword.arg != "isouter" for keyword in node.keywords):
            return None
        if target.full_name not in joined:
            continue
        own = any(_is_own(value, read) for value in given)
        if found is not None or not (own or _is_implied(given, read, target)):
            return None
        found = node
    return found


def _joined(value: Value) -> str | None:
    """The class that a join brings in; None for anything but a plain one."""
    match value:
        case ModelClass(model=model, alias=None):
            return model.full_name
        case RelationshipRef(relationship=relationship, alias=None):
            return relationship.target
    return None


def _is_own(value: Value, read: RowRead) -> bool:
    match value:
        case RelationshipRef(relationship=relationship, alias=None):
            return relationship == read.step.relationship
    return False


def _is_implied(given: list[Value], read: RowRead, target: Model) -> bool:
    """True for `join(Customer)` where no other column of the two classes refers to the other."""
    if len(given) != 1 or not isinstance(given[0], ModelClass):
        return False
    there = [c for c in read.model.columns.values() if _refers(c.foreign_key, target)]
    back = [c for c in target.columns.values() if _refers(c.foreign_key, read.model)]
    return len(there) == 1 and not back and not read.query.joins[1:]


def _refers(foreign_key: str | None, model: Model) -> bool:
    return foreign_key is not None and foreign_key.rpartition(".")[0] == model.table


def _by_key(read: RowRead, target: Model) -> bool:
    """True if the foreign key holds the primary key of one row."""
    column = read.step.model.columns.get(read.step.relationship.keys[0])
    if column is None or len(target.primary_key) != 1 or not target.table:
        return False
    key = target.columns[target.primary_key[0]]
    if column.python is None or column.python != key.python:
        return False  # a lazy load asks with the value that the type makes of it in Python
    return column.foreign_key == f"{target.table}.{key.column_name or key.name}"


def _alone(target: Model) -> bool:
    """True if the class has one table, and nothing else is loaded with its rows."""
    if target.parents or target.children or not target.complete:
        return False
    if any(column.expression for column in target.columns.values()):
        return False  # a subquery in it would leave out the tables that the query has
    return all(r.lazy in _LATER for r in target.relationships.values())
