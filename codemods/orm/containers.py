"""Lists, dicts, sets and iterators: what is in them, and what their methods do."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.orm import (
    calls,
    choices,
    elsewhere,
    expressions,
    functions,
    mappers,
    names,
    protocols,
    sessions,
)
from codemods.orm.events import Act, Event, Run
from codemods.orm.instances import Instance
from codemods.orm.query import Query
from codemods.orm.values import (
    ANYTHING,
    DATA,
    Cell,
    Items,
    Nothing,
    Plain,
    Result,
    Row,
    Session,
    Symbol,
    Tuple,
    Unknown,
    Value,
    join,
    kind_of,
    partly,
    via,
)

if TYPE_CHECKING:
    from codemods.orm.flow import Flow


def replaced(flow: Flow, node: ast.expr, items: Items, value: Value | None = None) -> None:
    """`order.lines[0] = line`, `del order.lines[:]`: a related collection that is written to."""
    if items.collection is not None:
        step = items.collection
        flow.effect(
            Act.SET, node, model=step.model, attribute=step.relationship.name, target=items,
            value=value,
        )  # fmt: skip


def container_method(
    flow: Flow, node: ast.Call, items: Items | Tuple, name: str, arguments: list[Value]
) -> Value | None:
    """A method of a list, set, dict or tuple; a related collection is written by some of them."""
    if isinstance(items, Tuple):
        return DATA
    first = arguments[0] if arguments else ANYTHING
    if items.collection is not None and name in MUTATORS:
        flow.effect(
            Act.APPEND,
            node,
            model=items.collection.model,
            attribute=items.collection.relationship.name,
            target=items,
            value=first,
        )
    mapped = items.mapped or ANYTHING
    match name:
        case "append" | "add" | "appendleft" | "insert":
            grow(flow, node, items, arguments[-1] if arguments else ANYTHING)
        case "extend" | "update" if items.kind != "dict":
            other = first.element if isinstance(first, Items) else ANYTHING
            grow(flow, node, items, other)
        case "update":
            updated(flow, node, items, first if arguments else None)
        case "setdefault" if len(arguments) == 2:
            grow(flow, node, items, first, arguments[1])
            if isinstance(mapped, Nothing):
                return arguments[1]
            return fetched(flow, join(mapped, arguments[1]), first)
        case "get" | "pop" if items.kind == "dict":
            if name == "pop":
                shrink(flow, node)
            found = fetched(flow, ANYTHING if isinstance(mapped, Nothing) else mapped, first)
            if isinstance(first, Plain) and (own := named_item(items, first.constant)) is not None:
                return own
            default = arguments[1] if len(arguments) > 1 else Plain(None, True, None)
            return join(found, default)
        case "clear" | "remove" | "discard" | "popleft" | "popitem":
            protocols.equal(flow, node, first, items)
            shrink(flow, node)
            if name == "popitem":
                return Tuple((items.element, mapped))
            return fetched(flow, items.element, first) if name == "popleft" else DATA
        case "pop":
            shrink(flow, node)
            return fetched(flow, items.element, first)
        case "keys":
            return replace(items, kind="view", mapped=None)
        case "values":
            return Items(mapped, "view", limit=items.limit)
        case "items" if items.kind == "dict":
            return Items(Tuple((items.element, mapped)), "view", limit=items.limit)
        case "copy":
            return items
        case "union" | "intersection" | "difference":
            return replace(items, run=None)
        case "count" | "index":
            protocols.equal(flow, node, first, items)
        case "sort":
            functions.apply_key(flow, node, items.element)
        case "paginate" | "items":
            return items
    return DATA


MUTATORS = frozenset({
    "append", "extend", "insert", "remove", "pop", "clear", "add", "discard", "update", "sort",
    "reverse", "setdefault", "popitem", "intersection_update", "difference_update",
    "symmetric_difference_update",
})  # fmt: skip


def grow(
    flow: Flow, node: ast.Call, items: Items, element: Value, mapped: Value | None = None
) -> None:
    """Remember what was put into a container that has a name."""
    owner = calls.owner_node(node)
    dotted = dotted_name(owner)
    if dotted is None:
        grow_group(flow, owner, element)
        return
    if dotted not in flow.env:
        return
    old = items.element
    new = replace(
        items,
        element=element if isinstance(old, Nothing) else join(old, element),
        run=None,
        limit=None,
        named=(),
    )
    if mapped is not None:
        before = items.mapped
        new = replace(
            new,
            mapped=(
                mapped if before is None or isinstance(before, Nothing) else join(before, mapped)
            ),
        )
    flow.env[dotted] = partly(new) if flow.skipping else new


def updated(flow: Flow, node: ast.Call, items: Items, given: Value | None) -> None:
    """`items.update(given, name=value)`."""
    named = dict(items.named)
    if given is not None:
        known = isinstance(given, Items) and given.kind == "dict"
        key = given.element if isinstance(given, Items) and known else ANYTHING
        held = given.mapped if isinstance(given, Items) and known else ANYTHING
        whole = isinstance(given, Items) and len(given.named) == given.limit
        named = {**named, **dict(given.named)} if whole and isinstance(given, Items) else {}
        grow(flow, node, items, key, held)
    for keyword in node.keywords:
        value = flow.keywords.get(keyword.value, ANYTHING)
        held = value if keyword.arg else getattr(value, "mapped", None) or ANYTHING
        named = {**named, keyword.arg: value} if keyword.arg else {}
        grow(flow, node, items, Plain("str", False), held)
    dotted = dotted_name(calls.owner_node(node)) or ""
    if named and isinstance(grown := flow.env.get(dotted), Items):
        new = replace(grown, named=tuple(named.items()))
        flow.env[dotted] = partly(new) if flow.skipping else new


def shrink(flow: Flow, node: ast.Call) -> None:
    """Remember that a container with a name has lost items."""
    dotted = dotted_name(calls.owner_node(node))
    if dotted in flow.env:
        flow.env[dotted] = partly(flow.env[dotted])


def grow_group(flow: Flow, owner: ast.expr, element: Value) -> None:
    """`groups[key].append(x)` and `groups.setdefault(key, []).append(x)`."""
    match owner:
        case ast.Subscript(value=groups):
            pass
        case ast.Call(func=ast.Attribute(value=groups, attr="setdefault")):
            pass
        case _:
            return
    dotted = dotted_name(groups)
    match flow.env.get(dotted or ""):
        case Items(kind="dict", mapped=Items(element=old) as group) as found if dotted:
            new = element if isinstance(old, Nothing) else join(old, element)
            grown = replace(found, mapped=replace(group, element=new, run=None, limit=None))
            flow.env[dotted] = partly(grown) if flow.skipping else grown


def named_item(items: Items, key: object) -> Value | None:
    """What a dict has under a literal key, where that is seen."""
    for name, value in items.named:
        if name == key:
            # it may be assigned meanwhile, by another name of the dict
            changing = isinstance(value, Plain) and value.constant is not ...
            if isinstance(value, Query):
                return replace(value, or_empty=True)
            return Plain(kind_of(value)) if changing else value
    return None


def with_name(items: Items, key: Value, value: Value) -> tuple[tuple[str, Value], ...]:
    """What a dict has under its literal keys after `items[key] = value`."""
    constant = key.constant if isinstance(key, Plain) else ...
    return (
        tuple({**dict(items.named), constant: value}.items()) if isinstance(constant, str) else ()
    )


def fetched(flow: Flow, value: Value, key: Value) -> Value:
    """A value taken from a container by a key: one per iteration where the key is not constant."""
    constant = isinstance(key, Plain) and key.constant is not ...
    if flow.loops and not constant:
        return partly(via(value, flow.loops[-1]))
    return ANYTHING if isinstance(value, Nothing) else partly(value)


def iterated(flow: Flow, node: ast.expr) -> Value:
    """What iterating over an expression gives; a query is sent by it."""
    value = (
        expressions.comprehension(flow, node, "for")
        if isinstance(node, ast.GeneratorExp)
        else flow.ev(node)
    )
    match value:
        case Query() | Result() | Items() | Instance() | Row() | Session() | mappers.Properties():
            return iterated_value(flow, node, value)
    return value


def gone_over(flow: Flow, node: ast.expr) -> ast.expr:
    """What a loop goes over: `rows` of `tqdm(rows, desc="rows")`, which shows how far it is; the call
    itself where what else it is given does something between the rows and the loop."""
    match node:
        case ast.Call(func=ast.Name() | ast.Attribute() as func, args=[items, *others]) if not any(
            isinstance(each, ast.Starred) for each in node.args
        ):
            dotted = dotted_name(func)
            if dotted is None or dotted.rpartition(".")[2] not in _PROGRESS:
                return node
            match flow.ev(func):
                case Symbol(full_name=full_name) if full_name in names.PROGRESS:
                    settings = (*others, *(keyword.value for keyword in node.keywords))
                    first = len(flow.events)
                    data = elsewhere.are_data(flow, [flow.ev(each) for each in settings])
                    if data and all(_only_counts(event) for event in flow.events[first:]):
                        return gone_over(flow, items)
    return node


def _only_counts(event: Event) -> bool:
    """True for `total=query.count()`."""
    return isinstance(event, Run) and event.terminal == "count"


_PROGRESS = frozenset(full_name.rpartition(".")[2] for full_name in names.PROGRESS)


def unpacked(flow: Flow, target: ast.expr, value: Value) -> Value:
    """What is taken apart into several targets; a query is sent by it."""
    match value:
        case Query() | Result() | Instance() | Row():
            return iterated_value(flow, target, value)
    return value


def iterated_value(flow: Flow, node: ast.expr, value: Value) -> Items:
    """The items of a value that is iterated over at `node`."""
    match value:
        case Items():
            return value
        case Query(style="legacy") if value.kind == "select":
            run = sessions.send(flow, node, value, "iterate")
            return Items(sessions.element(run), "any", run=run, limit=value.limit)
        case Result(run=run, scalars=scalars):
            run.terminal = "iterate"
            return Items(sessions.element(run, scalars), "iterator", run=run, limit=run.query.limit)
        case Tuple(elements=elements):
            element = functions.join_all(list(elements)) if elements else Nothing()
            return Items(choices.item_of(elements, element), "tuple", limit=len(elements))
        case mappers.Properties():
            return mappers.iterated(value)
        case Plain(kind="str"):
            return Items(Plain("str", False), "list")
        case Plain() | Cell():
            return Items(DATA, "any")
        case Unknown(plain=True):
            return Items(Unknown(plain=True), "any")
    if isinstance(value, Session):
        flow.effect(Act.CALL, node, callee="iter", target=value)
    found = protocols.used(flow, node, value, "__iter__", "__getitem__")
    return found if isinstance(found, Items) else Items(ANYTHING, "any")
