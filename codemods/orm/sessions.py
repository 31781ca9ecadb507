"""Sessions: the queries that they send, the rows that come back, and what else they do."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.orm import attributes, loaders, names, procedures, sql
from codemods.orm.events import Act, Run
from codemods.orm.query import Entity, Query
from codemods.orm.values import (
    ANYTHING,
    DATA,
    Cell,
    ColumnRef,
    Items,
    ModelClass,
    Origin,
    Plain,
    Result,
    Row,
    Session,
    Symbol,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from codemods.orm.flow import Flow
    from codemods.project.index import ProjectIndex
    from codemods.project.model import Model, Relationship, SessionFactory

EFFECTS = {
    "add": Act.ADD, "add_all": Act.ADD, "merge": Act.ADD, "delete": Act.DELETE,
    "flush": Act.FLUSH, "commit": Act.COMMIT, "rollback": Act.ROLLBACK, "expire": Act.EXPIRE,
    "expire_all": Act.EXPIRE, "refresh": Act.REFRESH, "expunge": Act.EXPUNGE,
    "expunge_all": Act.EXPUNGE, "close": Act.CLOSE, "close_all": Act.CLOSE, "remove": Act.CLOSE,
    "aclose": Act.CLOSE, "reset": Act.CLOSE, "begin": Act.BEGIN, "begin_nested": Act.SAVEPOINT,
    "bulk_save_objects": Act.DML, "bulk_insert_mappings": Act.DML, "bulk_update_mappings": Act.DML,
    "invalidate": Act.CLOSE, "prepare": Act.COMMIT, "run_sync": Act.CALL, "configure": Act.CALL,
}  # fmt: skip
HARMLESS = frozenset({
    "in_transaction", "is_modified", "get_bind", "connection", "object_session", "identity_key",
    "in_nested_transaction", "get_transaction", "info", "new", "dirty", "deleted", "identity_map",
    "bind", "is_active", "no_autoflush", "__contains__",
})  # fmt: skip
SENDERS = frozenset({
    "execute", "scalars", "scalar", "stream", "stream_scalars", "exec", "get", "get_one", "query",
})  # fmt: skip


# Methods of Flask-SQLAlchemy's extension that send a statement with its session.
OF_FLASK = frozenset({"paginate", "first_or_404", "one_or_404", "get_or_404"})


def of_factory(factory: SessionFactory, key: str) -> Session:
    return Session(
        key, factory.asynchronous, factory.autoflush, factory.expire_on_commit, factory.scoped
    )


def of_project(flow: Flow, key: str, asynchronous: bool | None = None) -> Session:
    """A session that comes from outside: with what the project's own factories agree on."""
    own = (f for f in flow.index.factories.values() if not f.test)
    factories = [f for f in own if asynchronous in (None, f.asynchronous)]
    flags = {(f.autoflush, f.expire_on_commit) for f in factories}
    autoflush, expire = next(iter(flags)) if len(flags) == 1 else (None, None)
    if len({f.asynchronous for f in factories}) == 1 and asynchronous is None:
        asynchronous = factories[0].asynchronous
    session = Session(key, asynchronous, autoflush, expire)
    for option in ("autoflush", "expire_on_commit"):
        if (given := flow.env.get(f"{key}.{option}")) is not None:
            session = attributes.with_option(session, option, given)
    return session


def are_one(index: ProjectIndex, one: Session, other: Session) -> bool:
    """True if two sessions are the same: of one name, or both the only one that the project shares.

    `Order.query` belongs to `db.session`.
    """
    if one.key == other.key:
        return True
    scoped = [f for f in index.factories.values() if f.scoped and not f.test]
    return one.shared and other.shared and len(scoped) == 1


def call(
    flow: Flow,
    node: ast.Call,
    session: Session,
    session_node: ast.expr,
    name: str,
    arguments: list[Value],
) -> Value:
    """`session.name(arguments)`."""
    first = arguments[0] if arguments else None
    if name == "query":
        return sql.session_query(flow, node, session, session_node, arguments)
    if name in ("get", "get_one") and isinstance(first, ModelClass):
        return get(flow, node, session, session_node, first, arguments, name)
    if name in ("get", "get_one") and len(node.args) > 1 and first == ANYTHING:
        send(flow, node, sql.by_key(node, first, session), name, session, session_node)
    if name in OF_FLASK and first is not None:
        return of_flask(flow, node, session, session_node, name, first, arguments)
    if name in ("execute", "scalars", "scalar", "stream", "stream_scalars", "exec"):
        if not isinstance(first, Query) or first.kind in ("dml", "text"):
            return write(flow, node, session, first)
        run = send(flow, node, first, name, session, session_node)
        run.streamed = name.startswith("stream")
        if name == "scalar":
            return optional(scalar(run))
        single = len(first.entities) == 1
        return Result(run, scalars=name.endswith("scalars") or (name == "exec" and single))
    if name == "refresh" and isinstance(first, Row) and (loaded := refreshed(node, first)):
        for relationship in loaded:
            attributes.read(flow, node, first, first.model, relationship, reload=True)
        return ANYTHING
    if name in EFFECTS:
        target, model = first if first is not None else session, written_model(first)
        flow.effect(EFFECTS[name], node, target=target, model=model, session=session)
        return first if name == "merge" and first is not None else ANYTHING
    if name not in HARMLESS or (name == "connection" and node.keywords):
        flow.effect(Act.CALL, node, callee=ast.unparse(node.func), target=session)
    return ANYTHING


def of_flask(
    flow: Flow,
    node: ast.Call,
    session: Session,
    session_node: ast.expr,
    name: str,
    first: Value,
    arguments: list[Value],
) -> Value:
    """`db.paginate(select(Post))` and the like of Flask-SQLAlchemy."""
    if name == "get_or_404" and isinstance(first, ModelClass):
        return get(flow, node, session, session_node, first, arguments, name)
    if not isinstance(first, Query) or first.kind != "select":
        return ANYTHING
    run = send(flow, node, first, name, session, session_node)
    row = element(run, scalars=True)
    return Items(row, "any", run=run) if name == "paginate" else row


def refreshed(node: ast.Call, row: Row) -> Sequence[Relationship]:
    """The relationships that `refresh(row, ["name"])` loads, where it does nothing else."""
    given = [*node.args[1:], *(k.value for k in node.keywords if k.arg == "attribute_names")]
    match given:
        case [ast.List(elts=items) | ast.Tuple(elts=items)]:
            names = [each.value for each in items if isinstance(each, ast.Constant)]
            found = [row.model.relationships.get(str(name)) for name in names]
            loaded = [each for each in found if each is not None]
            if len(node.args) + len(node.keywords) == 2 and len(loaded) == len(items):
                return loaded
    return ()


def written_model(value: Value | None) -> Model | None:
    match value:
        case Row(model=model) | ModelClass(model=model):
            return model
        case Items(element=Row(model=model)):
            return model
    return None


def write(flow: Flow, node: ast.Call, session: Session, statement: Value | None) -> Value:
    """A statement that is no SELECT, or one that is not known."""
    match statement:
        case Query(kind="dml", entities=entities) as sent:
            model = written_model(entities[0].value) if entities else None
            flow.effect(Act.DML, node, model=model, target=session, sent=sent)
        case _:
            flow.effect(Act.SQL, node, target=session)
    return ANYTHING


def get(
    flow: Flow,
    node: ast.Call,
    session: Session,
    session_node: ast.expr,
    entity: ModelClass,
    arguments: list[Value],
    name: str,
) -> Value:
    """`session.get(Order, key)`."""
    query = Query(
        "legacy" if session.asynchronous is None else "select",
        (Entity(entity, node.args[0]),),
        (node,),
        node,
        session,
        session_node,
        loaders=loaders.of_get(flow, node, entity.model),
    )
    run = send(flow, node, query, name, session, session_node)
    run.arguments = tuple(arguments[1:])
    return Row(entity.model, (Origin(run),), optional=name == "get")


def send(
    flow: Flow,
    node: ast.expr,
    query: Query,
    terminal: str,
    session: Session | None = None,
    session_node: ast.expr | None = None,
) -> Run:
    """Record that a query is sent."""
    session = session or query.session
    flow.shared_sessions |= session is not None and session.shared
    run = flow.emit(
        Run, node, query=query, terminal=terminal, expression=node, session=session,
        session_node=session_node or query.session_node, no_autoflush=flow.no_autoflush > 0,
    )  # fmt: skip
    if procedures.calls_procedure(flow, query):
        flow.effect(Act.SQL, node)
    return run


def element(run: Run, scalars: bool | None = None) -> Value:
    """One row of a query's result."""
    query = run.query
    if query.style == "select" and not sql.tells_its_rows(query):
        return ANYTHING
    values = [
        (
            Row(entity.model, (Origin(run, number),), optional=query.may_lack(entity.model))
            if entity.model is not None
            else sql.result_cell(entity.value)
        )
        for number, entity in enumerate(query.entities)
    ]
    if not values:
        return ANYTHING
    single = len(values) == 1 and query.entities[0].model is not None
    if scalars or (scalars is None and query.style == "legacy" and single):
        return values[0]
    return Tuple(tuple(values), tuple(column_name(entity.value) for entity in query.entities))


def column_name(value: Value) -> str | None:
    """The attribute of a result's row that holds a selected entity."""
    match value:
        case ModelClass(model=model, alias=None):
            return model.name
        case ColumnRef(column=column):
            return column.name
    return None


def scalar(run: Run) -> Value:
    """The first column of the first row."""
    if run.query.kind == "exists":
        return Plain("bool", False)
    return element(run, scalars=True)


def optional(value: Value) -> Value:
    """The same, or None."""
    match value:
        case Row():
            return replace(value, optional=True)
        case Plain(kind=kind):
            return Plain(kind, kind != "int")
        case Cell(column=column):
            return Plain(None if column.decorated else column.python, True)
    return value


def terminal(flow: Flow, node: ast.Call, query: Query, name: str, arguments: list[Value]) -> Value:
    """A method of a legacy Query that sends it."""
    if name in ("delete", "update"):
        sent = query.called(name, node)
        flow.effect(Act.DML, node, model=query.model, target=query.session, sent=sent)
        return Plain("int", False)
    if query.kind == "exists":
        name = "scalar"
    run = send(flow, node, query, name)
    run.arguments = tuple(arguments)
    match name:
        case "all":
            return Items(element(run), "list", run=run, limit=query.limit)
        case "paginate":
            return Items(element(run), "any", run=run)
        case "count":
            return Plain("int", False)
        case "scalar":
            return optional(scalar(run))
        case "first" | "one_or_none" | "get":
            return optional(element(run))
    return element(run)


def result(flow: Flow, node: ast.Call, value: Result, name: str, arguments: list[Value]) -> Value:
    """A method of a Result; the run learns how it is read."""
    run = value.run
    run.chain.append(name)
    run.expression = node
    item = element(run, value.scalars)
    match name:
        case "scalars":
            run.terminal = "scalars"
            return replace(value, scalars=True)
        case "unique" | "execution_options" | "yield_per":
            run.streamed = run.streamed or name == "yield_per"
            return replace(value, unique=value.unique or name == "unique")
        case "mappings" | "columns" | "tuples":
            return replace(value, mappings=name == "mappings")
        case "all" | "fetchall":
            run.terminal = "all"
            return Items(item, "list", run=run, limit=run.query.limit)
        case "fetchmany" | "partitions":
            run.terminal = name
            return Items(item if name == "fetchmany" else Items(item), "list")
        case "first" | "fetchone" | "one_or_none" | "one":
            run.terminal = "first" if name == "fetchone" else name
            return item if name == "one" else optional(item)
        case "scalar" | "scalar_one_or_none":
            run.terminal = name
            return optional(scalar(run))
        case "scalar_one":
            run.terminal = name
            return scalar(run)
    return ANYTHING


@dataclass
class Entered:
    """What a `with` item binds, and what happens when it is left.

    `known` is False for a context manager that may do anything when it is left, and `swallows` is
    True for one that may keep an error of the body to itself.
    """

    value: Value
    leaving: list[tuple[Act, Session]] = field(default_factory=list)
    no_autoflush: int = 0
    suppressed: list[str] = field(default_factory=list)
    known: bool = True
    swallows: bool = False


def entered(flow: Flow, node: ast.expr) -> Entered:
    """The context manager of a `with` statement."""
    if isinstance(node, ast.Attribute) and node.attr == "no_autoflush":
        flow.ev(node.value)
        return Entered(ANYTHING, no_autoflush=1)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        owner = flow.ev(node.func.value)
        if node.func.attr == "begin_nested":
            flow.effect(Act.SAVEPOINT, node, target=owner)
            return Entered(ANYTHING)
        if node.func.attr == "begin":
            match owner:
                case Symbol(full_name=name) if factory := flow.index.factories.get(name):
                    session = of_factory(factory, name)
                    closing = [] if factory.scoped else [(Act.CLOSE, session)]
                    return Entered(session, [(Act.COMMIT, session), *closing])
            if not isinstance(owner, Session) and session_name(node.func.value):
                owner = of_project(flow, ast.unparse(node.func.value))
            if isinstance(owner, Session):
                flow.effect(Act.BEGIN, node, target=owner)
                return Entered(owner, [(Act.COMMIT, owner)])
    value = flow.ev(node)
    if isinstance(value, Session):
        return Entered(value, [(Act.CLOSE, value)])
    if isinstance(node, ast.Call):
        match flow.ev(node.func) if isinstance(node.func, ast.Name | ast.Attribute) else ANYTHING:
            case Symbol(full_name="contextlib.closing") if len(node.args) == 1:
                held = flow.ev(node.args[0])
                if isinstance(held, Session):
                    return Entered(held, [(Act.CLOSE, held)])
            case Symbol(full_name="contextlib.suppress"):
                caught = [flow.ev(argument) for argument in node.args]
                full = [v.full_name for v in caught if isinstance(v, Symbol)]
                return Entered(ANYTHING, suppressed=full, swallows=True)
    if isinstance(value, Plain):
        return Entered(DATA)
    harmless = isinstance(value, Items | Tuple | Cell) or (
        isinstance(value, Unknown) and value.plain
    )
    return Entered(value, known=harmless, swallows=not isinstance(value, Items | Tuple | Cell))


def session_name(node: ast.expr) -> bool:
    """True for what people call a session: `session`, `self._db`, `db.session`."""
    last = (dotted_name(node) or "").rpartition(".")[2].lower()
    return "session" in last or last.strip("_") in ("db", "database", "s", "sess", "dbsession")


__all__ = ["Entered", "call", "element", "entered", "names", "of_factory", "of_project", "send"]
