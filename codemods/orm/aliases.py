"""Which variables of a function may hold the same container, or share what is in it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm.moments import touches
from codemods.orm.values import Items, Unknown

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

# A variable or a dotted attribute, and how deep in it: 0 for the container itself, 1 for its
# items, 2 for all that is in these.
Place = tuple[str, int]
# How deep in a value what is found where: (0, ("ranks", 1)) of `ranks[0]`.
Shares = frozenset[tuple[int, Place]]

_DEPTHS = (0, 1, 2)
_NOTHING: Shares = frozenset()
_COPIES = frozenset({"list", "tuple", "set", "frozenset", "dict", "sorted"})
_ITERATORS = frozenset({"iter", "zip", "enumerate", "reversed", "map", "filter", "islice", "chain"})
_VIEWS = frozenset({"items", "values", "keys"})
_ADDING = frozenset({"append", "add", "appendleft", "insert", "setdefault"})
_TAKING_OVER = frozenset({"extend", "update", "extendleft"})


class Aliases:
    """What the assignments, loops and calls of a function may make of its containers."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._above: dict[Place, Place] = {}
        for node in walk(scope.node):
            match node:
                case ast.Assign(targets=targets, value=value):
                    self._bind(targets[0], value)
                    for target in targets[1:]:
                        self._bind(target, value)
                        self._give(target, shares(targets[0]))
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    self._bind(target, value)
                case ast.NamedExpr(target=target, value=value):
                    self._bind(target, value)
                case ast.For(target=target, iter=value) | ast.AsyncFor(target=target, iter=value):
                    self._give(target, _items(shares(value)))
                case ast.comprehension(target=target, iter=value):
                    self._give(target, _items(shares(value)))
                case ast.Call(func=ast.Attribute(value=owner, attr=method), args=[*_, value]) if (
                    method in _ADDING
                ):
                    self._link(shares(owner), _inside(shares(value)))
                case ast.Call(func=ast.Attribute(value=owner, attr=method), args=[value]) if (
                    method in _TAKING_OVER
                ):
                    self._link(shares(owner), _copied(shares(value)))

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        match target, value:
            case (
                ast.Tuple(elts=targets) | ast.List(elts=targets),
                ast.Tuple(elts=values) | ast.List(elts=values),
            ) if len(targets) == len(values) and not any(
                isinstance(each, ast.Starred) for each in (*targets, *values)
            ):
                for one, other in zip(targets, values, strict=True):
                    self._bind(one, other)
            case _:
                self._give(target, shares(value) | self._made(value))

    def _made(self, value: ast.expr) -> Shares:
        """What a function or a class of the project may give of the containers that it is given."""
        if not isinstance(value, ast.Call):
            return _NOTHING
        scope, called = self.scope, dotted_name(value.func)
        full = scope.index.resolve(scope.module, called) if called is not None else None
        given = [
            each
            for each in (*value.args, *(keyword.value for keyword in value.keywords))
            if isinstance(each, ast.Name | ast.Attribute)
            and isinstance(scope.flow.lookup(dotted_name(each) or ""), Items | Unknown)
        ]
        if full is None or not given:
            return _NOTHING
        facts = scope.index.function(full)
        code = scope.program.code(facts) if facts is not None else None
        if code is None:
            return _inside(_all(given)) if scope.index.class_(full) is not None else _NOTHING
        own = {node.arg for node in walk(code.node) if isinstance(node, ast.arg)}
        returned = _all(n.value for n in walk(code.node) if isinstance(n, ast.Return) and n.value)
        depths = {depth for depth, (name, at) in returned if name in own and at == 0}
        same = _all(given) if 0 in depths else _NOTHING
        return same | (_inside(_all(given)) if depths - {0} else _NOTHING)

    def _give(self, target: ast.expr, value: Shares) -> None:
        match target:
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                for element in elements:
                    self._give(element, _items(value))
            case ast.Starred(value=name):
                self._give(name, _inside(value) | _copied(value))
            case ast.Subscript(value=owner):
                self._link(shares(owner), _inside(value))
            case _:
                self._link(shares(target), value)

    def _link(self, one: Shares, other: Shares) -> None:
        for depth, place in one:
            for also, same in other:
                if depth == also:
                    self._above.setdefault(same, same)
                    self._above[self._root(place)] = self._root(same)

    def _root(self, place: Place) -> Place:
        while (above := self._above.get(place, place)) != place:
            place = above
        return place

    def reach(self, names: Iterable[str], parts: bool) -> set[str]:
        """These variables and all that may hold the same containers, or, if `parts` is set, parts
        of them, or containers that they are a part of."""
        names = set(names)
        depths = _DEPTHS if parts else (0,)
        roots = {self._root((name, depth)) for name in names for depth in depths}
        return names | {name for name, depth in self._above if depth in depths
                        and self._root((name, depth)) in roots}  # fmt: skip

    def roots(self, value: ast.expr) -> set[Place]:
        """The containers that an expression may be; equal ones may be the same."""
        return {self._root(place) for depth, place in shares(value) if depth == 0}

    def inside(self, names: Iterable[str], containers: Iterable[ast.expr]) -> set[Place]:
        """All that variables hold, and that is in containers."""
        places = {(name, depth) for name in names for depth in _DEPTHS}
        places |= {place for value in containers for depth, place in shares(value) if depth}
        return set(map(self._root, places))

    def changes(self, base: ast.expr, read: str) -> bool:
        """True if the container that an expression is may be the one that is read, or in it."""
        read_paths = set(self._names(read))
        inside = {self._root((name, depth)) for name in read_paths for depth in _DEPTHS}
        owners = {path.partition(".")[0] for path in read_paths}
        for depth, (name, at) in shares(base):
            if depth:
                continue
            for own in self._names(name):
                if at == 0 and any(touches(own, path) for path in read_paths):
                    return True
                owner, dot, _ = own.partition(".")
                if self._root((own, at)) in inside:
                    return True
                if dot and owner not in owners and self._root((owner, 1)) in inside:
                    return True
                if any(self._root((each, 1)) == self._root((own, at)) for each in owners):
                    return True
        return False

    def _names(self, path: str) -> Iterator[str]:
        """A path under all its names: `pair.key` of `box.key`, where `pair = box`."""
        yield path
        head, dot, rest = path.partition(".")
        while dot:
            for other in self.reach({head}, False) - {head}:
                yield f"{other}.{rest}"
            step, dot, rest = rest.partition(".")
            head = f"{head}.{step}"


def aliases(scope: Scope) -> Aliases:
    """The aliases of a function."""
    return scope.one(Aliases)


def shares(value: ast.expr) -> Shares:
    """What an expression may be, or have in it, of variables and their attributes."""
    match value:
        case ast.Name(id=name):
            return _of(name)
        case ast.Attribute(value=owner, attr="__dict__"):
            return shares(owner)
        case ast.Attribute(value=owner):
            dotted = dotted_name(value)
            return _of(dotted) if dotted is not None else _items(shares(owner))
        case ast.NamedExpr(value=inner) | ast.Starred(value=inner) | ast.Await(value=inner):
            return shares(inner)
        case ast.IfExp(body=one, orelse=other):
            return shares(one) | shares(other)
        case ast.BoolOp(values=values):
            return _all(values)
        case ast.BinOp(left=one, right=other):
            return _copied(shares(one) | shares(other))
        case ast.Subscript(value=owner, slice=ast.Slice()):
            return _copied(shares(owner))
        case ast.Subscript(value=owner):
            return _items(shares(owner))
        case (
            ast.List(elts=values)
            | ast.Tuple(elts=values)
            | ast.Set(elts=values)
            | ast.Dict(values=values)
        ):
            return _inside(_all(v for v in values if not isinstance(v, ast.Starred))) | _copied(
                _all(v for v in values if isinstance(v, ast.Starred))
            )
        case (
            ast.ListComp(elt=item, generators=generators)
            | ast.SetComp(elt=item, generators=generators)
            | ast.GeneratorExp(elt=item, generators=generators)
            | ast.DictComp(value=item, generators=generators)
        ):
            over = _all(generator.iter for generator in generators)
            lazy = over if isinstance(value, ast.GeneratorExp) else _NOTHING
            return _inside(shares(item)) | lazy
        case ast.Call():
            return _given(value)
    return _NOTHING


def _given(call: ast.Call) -> Shares:
    """What a call may give of what it is called on, or with."""
    match call:
        case ast.Call(func=ast.Name(id="vars"), args=[owner]):
            return shares(owner)
        case ast.Call(func=ast.Attribute(value=owner, attr=name), args=[]) if name in _VIEWS:
            return _handed(shares(owner))
        case ast.Call(func=ast.Attribute(value=owner, attr="copy")):
            return _copied(shares(owner))
        case ast.Call(
            func=ast.Attribute(value=owner, attr="get" | "pop" | "setdefault"), args=given
        ):
            return _items(shares(owner)) | _all(given[1:])
        case ast.Call(func=ast.Name(id=name), args=given) if name in _COPIES:
            return _copied(_all(given))
        case ast.Call(
            func=ast.Name(id=name) | ast.Attribute(attr=name), args=given
        ) if name in _ITERATORS and not (isinstance(call.func, ast.Attribute) and name == "filter"):
            return _handed(_all(given))
    return _NOTHING


def _of(path: str) -> Shares:
    return frozenset((depth, (path, depth)) for depth in _DEPTHS)


def _all(values: Iterable[ast.expr]) -> Shares:
    return frozenset().union(*map(shares, values))


def _items(value: Shares) -> Shares:
    """What the items of a value share."""
    return frozenset(
        (own, place) for depth, place in value for own in {0: (), 1: (0,), 2: (1, 2)}[depth]
    )


def _inside(value: Shares) -> Shares:
    """What a container shares that has the value in it."""
    return frozenset((min(depth + 1, 2), place) for depth, place in value)


def _copied(value: Shares) -> Shares:
    """What a copy shares, which has the same items."""
    return frozenset((depth, place) for depth, place in value if depth)


def _handed(value: Shares) -> Shares:
    """What goes over a container shares, which may have its items in tuples."""
    return value | frozenset((2, place) for depth, place in value if depth)
