"""Options that only some callers of a query need: they hand them to the function that asks it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.orm import callers
from codemods.orm.annotated import has_annotations
from codemods.orm.naming import free, used_names
from codemods.patch import AddKeyword, AddParameter, Code, Copied, Import, Patch, Replace

if TYPE_CHECKING:
    from codemods.orm.eager import RowRead
    from codemods.orm.frames import Frame
    from codemods.orm.scope import Scope

_PASSED_ON = frozenset({"staticmethod", "classmethod"})


@dataclass(frozen=True)
class Sharing:
    """How the options come to the query.

    `giver` is the activation that hands them in, `takers` are those below it, down to the one
    that asks the query, each of which has, or gets, the parameter `name`. `given` is the list
    that the giver hands in already; `there` is True where the query takes what is handed in.
    """

    giver: Frame
    takers: tuple[Frame, ...]
    name: str
    there: bool
    given: ast.List | ast.Tuple | None = None


def sharing(read: RowRead) -> Sharing | None:
    """The callers that need an option hand it in; None where they cannot, or need not."""
    if isinstance(read.spot, str) or read.spot.scope.node is read.scope.node:
        return None
    if not read.scope.settings.share_options:
        return None
    chain = read.run.frame.chain
    depth = next((i for i, f in enumerate(chain) if f.code is read.spot.scope.code), 0)
    agreed = next(
        (i for i in range(depth, 0, -1) if callers.differing(read, chain[i].code) is None), 0
    )
    if agreed == depth:
        return None
    giver, takers = chain[agreed], chain[agreed + 1 : depth + 1]
    query = takers[-1]
    there = _taken(read, query)
    if there is not None:
        if len(takers) > 1:
            return None
        given = query.argument(there)
        if given is not None and not isinstance(given, ast.List | ast.Tuple):
            return None
        return Sharing(giver, takers, there, True, given)
    if not all(_may_take(read.scope, frame) for frame in takers) or len(read.spot.nodes) != 1:
        return None
    taken = {name for frame in takers for name in used_names(frame.code.node)}
    return Sharing(giver, takers, free("options", "load_options", taken=taken), False)


def _taken(read: RowRead, frame: Frame) -> str | None:
    """The parameter whose options the query takes already."""
    for call in read.query.option_calls:
        for argument in call.args:
            match argument:
                case ast.Starred(value=ast.Name(id=name)) if frame.hands_on(name):
                    return name
    return None


def _may_take(scope: Scope, frame: Frame) -> bool:
    """True for a function that can get one more parameter, and is called by its name here."""
    facts, call = frame.code.facts, frame.call
    if facts is None or facts.is_generator or not isinstance(call, ast.Call):
        return False
    called = (
        call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    )
    if called != facts.name or set(facts.decorators) - _PASSED_ON:
        return False
    if not scope.program.reach.only_called(facts):
        return False
    if frame.code.owner is None:
        return True
    index, owner = scope.index, frame.code.owner
    if index.overridden(owner, facts.name):
        return False
    return all(
        (above := index.class_(base)) is not None and facts.name not in above.methods
        for base in index.bases(owner)
        if base not in _BARE
    )


_BARE = frozenset({"builtins.object", "typing.Generic", "abc.ABC"})


def patches(read: RowRead, shared: Sharing, options: Sequence[Code]) -> Iterator[Patch]:
    """The parameter, what it is handed, and the query that takes it."""
    scope, spot = read.scope, read.spot
    assert not isinstance(spot, str)
    if not shared.there:
        (root,) = spot.nodes
        query = Code.of(
            "{query}.options(*{name})", query=Copied(scope.place(root)), name=shared.name
        )
        yield Replace(scope.place(root), query)
        for frame in shared.takers:
            yield from _parameter(scope, frame, shared.name)
    call = shared.takers[0].call
    assert isinstance(call, ast.Call)
    if shared.given is not None:
        kept = tuple(Copied(scope.place(item)) for item in shared.given.elts)
        yield Replace(scope.place(shared.given), _list((*kept, *options)))
    else:
        yield AddKeyword(scope.place(call), shared.name, _list(tuple(options)))
    if shared.there:
        return
    for frame in shared.takers[1:]:
        assert isinstance(frame.call, ast.Call)
        yield AddKeyword(scope.place(frame.call), shared.name, Code.of("{name}", name=shared.name))


def _list(items: Sequence[Copied | Code]) -> Code:
    names = [f"item{number}" for number in range(len(items))]
    text = ", ".join(f"{{{name}}}" for name in names)
    return Code.of(f"[{text}]", **dict(zip(names, items, strict=True)))


def _parameter(scope: Scope, frame: Frame, name: str) -> Iterator[Patch]:
    node = frame.code.node
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    place = frame.code.source.place(node)
    about = "loader options for the query"
    if not has_annotations(node):
        yield AddParameter(place, name, None, about, "()")
        return
    yield Import(place, "collections.abc", "Sequence")
    yield Import(place, "sqlalchemy.orm.interfaces", "ORMOption")
    yield AddParameter(place, name, Code.of("Sequence[ORMOption]"), about, "()")
