"""Loops whose body is repeated for a number of items: how many, and what people call them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from codemods.facts.nodes import walk
from codemods.facts.symbols import Items as Display
from codemods.facts.symbols import Pairs
from codemods.finding import Severity
from codemods.orm.bindings import assigned_names, target_names
from codemods.orm.events import Loop
from codemods.orm.naming import one_of, plural, singular, snake, words
from codemods.orm.scope import Scope
from codemods.orm.values import Items, Row

# A loop of so few iterations is not worth a word.
_FEW = 5
_LISTED = 20
# Of more names in a tuple, the first says nothing of the whole.
_PAIR = 2
_AROUND = frozenset(
    {"enumerate", "sorted", "reversed", "list", "tuple", "set", "zip", "tqdm", "track", "iter"}
)
_CHUNKS = re.compile(
    r"(^|_)(chunks?|chunked|batch(es|ed)?|pages?|windows?|partitions?|slices?)(_|$)"
)
_PRONOUN = re.compile(r"^(each|every|one|single|this|current|curr|cur)_(?=..)")
_ATTEMPTS = re.compile(r"(^|_)(attempts?|retry|retries|tries|poll|polls)(_|$)")


def items_of(loop: Loop) -> str:
    """What one calls the things that a loop goes over, as a plural and a name: `due_users`."""
    node = loop.iterable
    while isinstance(node, ast.Call) and node.args and called(node) in _AROUND:
        node = node.args[0]
    match node:
        case ast.Call(func=ast.Attribute(value=owner, attr="items" | "values" | "keys")):
            if variable := _variable(loop):
                return plural(variable)
            node = owner
    of_row = loop.items.element if isinstance(loop.items, Items) else None
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) if _is_plural(name):
            return snake(name).strip("_")
    if isinstance(of_row, Row):
        return plural(snake(of_row.model.name))
    several = 1 if isinstance(loop.node, ast.While) else len(_in_order(loop.node.target))
    if several > _PAIR and isinstance(loop.items, Items) and loop.items.run is not None:
        return "rows"
    if several <= _PAIR and (variable := _variable(loop)):
        return plural(variable)
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) if len(name) > 2:
            return snake(name).strip("_")
    return "items"


def _is_plural(name: str) -> bool:
    several = singular(name) != name or name.endswith("_ids")
    return len(name) > 3 and name.islower() and several


def _variable(loop: Loop) -> str | None:
    """The name that a loop binds to each item, where that says something."""
    if isinstance(loop.node, ast.While):
        return None
    target = loop.node.target
    if isinstance(target, ast.Tuple) and called(loop.iterable) == "enumerate":
        target = target.elts[-1]
    names = [_PRONOUN.sub("", name.strip("_").lower()) for name in _in_order(target)]
    return next((name for name in names if len(name) > 2 and name != "each"), None)


def _in_order(target: ast.expr) -> list[str]:
    bound = set(target_names(target))
    return [n.id for n in walk(target) if isinstance(n, ast.Name) and n.id in bound]


def item_of(loop: Loop) -> str:
    """One of them, in words: `due user`."""
    items = items_of(loop)
    one = one_of(items)
    return "item" if one == items and one != _variable(loop) else words(one)


def times(loops: Iterable[Loop]) -> str:
    """How often the body of the innermost of these loops runs: `campaigns·users`."""
    names: list[str] = []
    for loop in loops:
        name = items_of(loop)
        names.append(name if name not in names else f"{name}_{len(names) + 1}")
    return "·".join(names)


def called(node: ast.expr) -> str | None:
    """The last name of what a call calls."""
    match node:
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name
    return None


def is_short(loop: Loop) -> bool:
    """True for a loop of a few iterations only: over a literal, `range(3)`, a query's LIMIT."""
    node = loop.iterable
    if called(node) in _AROUND and isinstance(node, ast.Call) and node.args:
        node = node.args[0]
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return not any(isinstance(item, ast.Starred) for item in node.elts)
    if isinstance(node, ast.Call) and called(node) == "range" and len(node.args) == 1:
        match node.args[0]:
            case ast.Constant(value=int() as number):
                return number <= _FEW
    limit = loop.items.limit if isinstance(loop.items, Items) else None
    return limit is not None and limit <= _FEW


def is_of_constants(scope: Scope, loop: Loop) -> bool:
    """True if a loop goes over what the module lists once and for all: `for name in ROLES`."""
    node = loop.iterable
    match node:
        case ast.Call(func=ast.Attribute(value=owner, attr="items" | "values" | "keys")):
            node = owner
    if isinstance(node, ast.Dict):
        return None not in node.keys
    name = node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
    if name.isupper() and len(name) > 1:
        return True
    if isinstance(node, ast.Name) and node.id not in assigned_names(scope.node):
        resolved = scope.index.resolve(scope.module, node.id)
        value = scope.index.value(resolved) if resolved is not None else None
        listed = value.value if value is not None else None
        if isinstance(listed, Display):
            return len(listed.elements) <= _LISTED
        if isinstance(listed, Pairs):
            return len(listed.pairs) <= _LISTED
        return resolved is not None and scope.index.class_(resolved) is not None
    return False


def always_few(scope: Scope, loops: Iterable[Loop]) -> bool:
    """True if no data makes these loops longer: each goes over what the code lists."""
    return all(is_short(loop) or is_of_constants(scope, loop) for loop in loops)


def severity(scope: Scope, loops: Iterable[Loop]) -> Severity:
    """That of a statement for each item of these loops."""
    return Severity.MEDIUM if always_few(scope, loops) else Severity.CRITICAL


def counts_on(loop: Loop) -> bool:
    """True for `while day <= last:` whose body goes on to the next day, from what it has: it makes
    one round for each, as a loop over a list of the days does."""
    node = loop.node
    if not isinstance(node, ast.While):
        return False
    tests = node.test.values if isinstance(node.test, ast.BoolOp) else [node.test]
    for test in tests:
        match test:
            case ast.Compare(left=left, ops=[ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE()]):
                sides = {
                    n.id
                    for each in (left, test.comparators[0])
                    for n in walk(each)
                    if isinstance(n, ast.Name)
                }
                if any(_goes_on(node, name) for name in sides):
                    return True
    return False


def _goes_on(loop: ast.While, name: str) -> bool:
    """True if each round adds to a variable, or gives it what has been made by adding to it."""
    made = {name}
    for statement in loop.body:
        match statement:
            case ast.AugAssign(target=ast.Name(id=target), op=ast.Add() | ast.Sub()) if (
                target == name
            ):
                return True
            case ast.Assign(targets=[ast.Name(id=target)], value=value):
                used = {n.id for n in walk(value) if isinstance(n, ast.Name)}
                if used & made and (target != name or not isinstance(value, ast.Attribute)):
                    if target == name:
                        return True
                    made.add(target)
    return False


def in_chunks(loop: Loop) -> bool:
    """True if each iteration stands for many items: chunks, batches, pages, `range(0, n, 500)`."""
    node = loop.iterable
    if isinstance(node, ast.Call) and called(node) == "range" and len(node.args) == 3:
        return True
    words = [*loop.names, called(node) or ""]
    words += [getattr(node, "id", ""), getattr(node, "attr", "")]
    return any(_CHUNKS.search(snake(word)) for word in words)


def is_chunk(loop: Loop, name: str) -> bool:
    """True if a variable of a loop stands for many items. A loop over the rows of one chunk, `for
    row in chunk`, has one row in each iteration."""
    if _CHUNKS.search(snake(name)):
        return True
    return isinstance(loop.iterable, ast.Call) and in_chunks(loop)


def goes_by_chunks(loop: Loop) -> bool:
    """The same, and no loop over rows that happen to be called pages or batches."""
    over_rows = isinstance(loop.items, Items) and loop.items.run is not None
    return in_chunks(loop) and not over_rows


def is_retried(loop: Loop) -> bool:
    """True for a loop that tries again."""
    words = set(loop.names) | {
        name
        for node in walk(loop.iterable)
        for name in (getattr(node, "id", ""), getattr(node, "attr", ""))
    }
    return loop.once or any(_ATTEMPTS.search(snake(word)) for word in words)


def counts_attempts(loop: Loop) -> bool:
    """True for `for attempt in range(retries)`; rows may be called attempts as well."""
    return isinstance(loop.items, Items) and loop.items.kind == "range" and is_retried(loop)


def body_of(loop: Loop) -> Iterator[ast.AST]:
    """The nodes of a loop's body."""
    if isinstance(loop.node, ast.comprehension):
        yield from walk(loop.owner)
        return
    for statement in loop.node.body:
        yield from walk(statement)
