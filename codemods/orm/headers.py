"""The header of a loop whose items are gone over twice: for the keys, and by the loop itself."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.events import Effect, Loop, Run
from codemods.orm.keys import is_pure
from codemods.orm.naming import free, plural, snake
from codemods.orm.query_code import Unwritable
from codemods.orm.values import Items, Row
from codemods.patch import Code, Copied, Patch, Replace

if TYPE_CHECKING:
    from codemods.orm.lookups import Lookup
    from codemods.orm.scope import Scope

_LAZY = frozenset({"enumerate", "zip", "reversed", "sorted", "list", "range", "set", "tuple"})


@dataclass(frozen=True)
class Header:
    """What goes before the loop, what the keys are collected from, and changes to the header."""

    statements: tuple[Code, ...]
    iterable: Code | Copied | str
    patches: tuple[Patch, ...] = ()


def header(lookup: Lookup, taken: set[str]) -> Header:
    """How the items of the outermost loop are gone over twice."""
    scope, loop = lookup.scope, lookup.loop
    node, items = loop.iterable, loop.items
    place = scope.place(node)
    if is_repeatable(scope, node, items):
        if lookup.collection is not None and lookup.collection.uncounted:
            return Header((), lookup.collection.levels[0].iterable)
        if isinstance(node, ast.Tuple):
            return Header((), Code.of(ast.unparse(node).replace("{", "{{").replace("}", "}}")))
        return Header((), Copied(place))
    collection = lookup.collection
    if collection is not None and collection.uncounted:
        # what was numbered cannot be gone over twice: the keys come from the pairs then
        collection.uncounted = False
        assert not isinstance(loop.node, ast.While)
        collection.levels[0].target = ast.unparse(loop.node.target).strip("()")
    if isinstance(items, Items) and items.run is not None:
        inside = items.run.node in set(walk(node))
        element = items.element
        wanted = plural(snake(element.model.name)) if isinstance(element, Row) else "rows"
        name = free(wanted, f"{wanted}_list", taken=taken)
        taken.add(name)
        made_here = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        query = items.run.query
        is_query = not query.or_empty if query.style == "legacy" else inside
        sent_here = is_query and (made_here or isinstance(node, ast.Name | ast.Attribute))
        match node:
            case ast.Call(func=ast.Name(id="list" | "sorted" | "tuple")):
                text = "{items}"
            case _ if items.kind == "list" and not inside:
                text = "{items}"
            case _ if items.run.terminal == "iterate":
                text = "{items}.all()" if sent_here else "list({items})"
            case _:
                text = "{items}" if inside else "list({items})"
        made = Code.of(f"{name} = {text}", items=Copied(place))
        return Header((made,), name, (Replace(place, Code.of(name)),))
    rebindable = isinstance(node, ast.Name) and _is_local(scope, node.id)
    if isinstance(node, ast.Name) and rebindable and not _is_iterator(items):
        name = node.id
        return Header((Code.of(f"{name} = list({name})"),), name)
    wanted, text = "items", "list({items})"
    match node:
        case ast.Name(id=name):
            wanted = f"all_{name}"
        case ast.Call(func=ast.Name(id="list" | "sorted"), args=[ast.Name(id=name), *_]):
            wanted, text = f"all_{name}", "{items}"
        case ast.GeneratorExp() if not any(isinstance(n, ast.Constant) for n in ast.walk(node)):
            inner = ast.unparse(node)[1:-1].replace("{", "{{").replace("}", "}}")
            wanted, text = _named_for(loop), f"[{inner}]"
    name = free(wanted, f"all_{wanted}", "all_items", taken=taken)
    taken.add(name)
    holes = {"items": Copied(place)} if "{items}" in text else {}
    made = Code.of(f"{name} = {text}", **holes)
    return Header((made,), name, (Replace(place, Code.of(name)),))


def _named_for(loop: Loop) -> str:
    """What the items are called by the variable of their loop."""
    match loop.node:
        case (
            ast.For(target=ast.Name(id=name))
            | ast.AsyncFor(target=ast.Name(id=name))
            | (ast.comprehension(target=ast.Name(id=name)))
        ) if (len(name) > 1):
            return plural(name)
    return "items"


def evaluated_first(scope: Scope, loop: Loop, statement: ast.stmt) -> None:
    """Raises Unwritable where a part of the loop's statement has to come before a fetch."""
    if loop.owner is statement:
        return
    inside = set(walk(statement))
    if any(branch.node in inside and branch.node is not statement for branch in loop.branches):
        raise Unwritable("a condition in this statement may skip the loop", statement)
    if any(isinstance(node, ast.NamedExpr) for node in inside):
        raise Unwritable("this statement assigns to a variable in its midst", statement)
    own = loop.items.run if isinstance(loop.items, Items) else None
    for event in scope.events[: loop.first]:
        if (
            event.statement is statement
            and event is not own
            and isinstance(event, Effect | Run)
            and event.site in inside
        ):
            raise Unwritable("something else in this statement comes first", statement)


def _is_iterator(items: object) -> bool:
    return isinstance(items, Items) and items.kind == "iterator"


def is_repeatable(scope: Scope, node: ast.expr, items: object) -> bool:
    """True if evaluating the header once more gives the same items."""
    if is_constant(scope, node):
        return True
    if isinstance(node, ast.Tuple):
        return False
    if not isinstance(items, Items):
        return False
    if items.repeatable:
        if items.run is not None and items.run.node in set(walk(node)):
            return False
        if is_pure(node) or isinstance(node, ast.List | ast.Set | ast.Dict):
            return True
    return is_repeated_call(scope, node)


def is_constant(scope: Scope, node: ast.expr) -> bool:
    """True for a literal of constants, and for a list or dict that the module defines."""
    match node:
        case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
            return all(isinstance(element, ast.Constant) for element in elements)
        case ast.Call(
            func=ast.Attribute(value=ast.Name() as owner, attr=name), args=[]
        ) if name in ("items", "keys", "values"):
            return is_constant(scope, owner)
        case ast.Name(id=name):
            if isinstance(scope.node, ast.Module) or _is_bound(scope, name):
                return False
            resolved = scope.index.resolve(scope.module, name)
            if resolved and scope.index.is_enum(scope.index.canonical(resolved)):
                return True
            found = [
                s.value
                for s in scope.tree.body
                if isinstance(s, ast.Assign | ast.AnnAssign)
                and name in {n.id for n in walk(s) if isinstance(n, ast.Name)}
                and s.value is not None
            ]
            literal = ast.Dict | ast.List | ast.Tuple | ast.Set
            return len(found) == 1 and isinstance(found[0], literal)
    return False


def _is_bound(scope: Scope, name: str) -> bool:
    return any(
        (isinstance(n, ast.arg) and n.arg == name)
        or (isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store))
        for n in walk(scope.node)
    )


def is_repeated_call(scope: Scope, node: ast.expr) -> bool:
    """True for `range(n)`, and for `enumerate(rows)` and the like of what can be repeated."""
    match node:
        case ast.Call(func=ast.Name(id=name)) if _is_bound(scope, name) or (
            scope.index.resolve(scope.module, name) != f"builtins.{name}"
        ):
            return False
        case ast.Call(func=ast.Name(id="range"), args=arguments):
            return all(is_pure(argument) for argument in arguments)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=keywords) if name in _LAZY:
            return all(
                _is_list(scope, argument) for argument in (*arguments, *(k.value for k in keywords))
            )
    return False


def _is_list(scope: Scope, node: ast.expr) -> bool:
    """True for a constant and for a variable that holds a list, set, dict or tuple all along."""
    if isinstance(node, ast.Constant):
        return True
    if not isinstance(node, ast.Name):
        return False
    stores = [
        n
        for n in walk(scope.node)
        if isinstance(n, ast.Name) and n.id == node.id and isinstance(n.ctx, ast.Store)
    ]
    value = scope.flow.env.get(node.id)
    return len(stores) < 2 and isinstance(value, Items) and value.repeatable


def _is_local(scope: Scope, name: str) -> bool:
    """True for a variable of this function that nothing but the loop reads."""
    for node in walk(scope.node):
        if isinstance(node, ast.Global | ast.Nonlocal) and name in node.names:
            return False
    return _is_bound(scope, name) and _reads(scope, name) == 1


def _reads(scope: Scope, name: str) -> int:
    return sum(
        1
        for n in walk(scope.node)
        if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load)
    )
