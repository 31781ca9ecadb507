"""Options that only some callers of a query need: they hand them to the function that asks it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import children, walk
from codemods.orm import callers
from codemods.orm.annotated import has_annotations
from codemods.orm.naming import free, used_names
from codemods.orm.option_places import Spot, generic, holders
from codemods.orm.ports import taken_for
from codemods.orm.promises import promises
from codemods.orm.values import ModelClass
from codemods.patch import (
    AddArguments,
    AddKeyword,
    AddParameter,
    Code,
    Copied,
    Import,
    Patch,
    Replace,
)

if TYPE_CHECKING:
    from codemods.orm.eager import RowRead
    from codemods.orm.events import Run
    from codemods.orm.frames import Code as Function
    from codemods.orm.frames import Frame, Program
    from codemods.orm.scope import Scope

_PASSED_ON = frozenset({"staticmethod", "classmethod"})


@dataclass(frozen=True)
class Sharing:
    """How the options come to the query.

    `giver` is the activation that hands them in, `takers` are those below it, down to the one
    that asks the query, and `names` their parameters. The first `added` of them do not have these
    yet. `given` is the list that the giver hands in already.
    """

    giver: Frame
    takers: tuple[Frame, ...]
    names: tuple[str, ...]
    added: int
    given: ast.List | ast.Tuple | None = None


def sharing(read: RowRead) -> Sharing | None:
    """The callers that need an option hand it in; None where they cannot, or need not."""
    if isinstance(read.spot, str) or read.spot.scope.node is read.scope.node:
        return None
    if not read.scope.settings.share_options or _is_alias(read):
        return None
    chain = read.run.frame.chain
    depth = next((i for i, f in enumerate(chain) if f.code is read.spot.scope.code), 0)
    of_any = generic(read, read.spot)
    agreed = next(
        (
            i
            for i in range(depth, 0, -1)
            if not (of_any and not _of_one_model(read, chain[i]))
            and callers.differing(read, chain[i].code) is None
        ),
        0,
    )
    if agreed == depth:
        return None
    giver, takers = chain[agreed], chain[agreed + 1 : depth + 1]
    if of_any and not _always_of(read, giver, takers[0]):
        return None
    there = _there(read, takers)
    added = len(takers) - len(there)
    if not all(map(_only_handed_on, takers[added:], there)):
        return None
    if there and _is_rest(takers[added], there[0]) and not _takes_more(takers[added]):
        return None
    given = takers[0].argument(there[0]) if there and not added else None
    if given is not None and not isinstance(given, ast.List | ast.Tuple):
        return None
    if added and there:
        # it may be handed something else there
        if takers[added].argument(there[0]) is not None or _is_rest(takers[added], there[0]):
            return None
    elif added and len(read.spot.nodes) != 1:
        return None
    new = takers[:added]
    if not all(_may_take(read.scope, frame) for frame in new):
        return None
    taken = {name for frame in new for name in used_names(frame.code.node)}
    name = free("options", "load_options", taken=taken)
    if any(_may_be_given(read.scope.program, frame, name) for frame in new):
        return None
    return Sharing(giver, takers, (*[name] * added, *there), added, given)


def _there(read: RowRead, takers: Sequence[Frame]) -> list[str]:
    """The parameters through which options come to the query already, as far as they do: those of
    the last activations, in their order."""
    found: list[str] = []
    for frame, below in zip(reversed(takers), (None, *reversed(takers)), strict=False):
        name = _taken(read, frame) if below is None else _passed(frame, below, found[0])
        if name is None:
            break
        found.insert(0, name)
    return found


def _only_handed_on(frame: Frame, name: str) -> bool:
    """True if a function does no more with a parameter than to hand it on once, where it has it."""
    nodes = walk(frame.code.node)
    loads = {node for node in nodes if isinstance(node, ast.Name) and node.id == name}
    for node in nodes:
        match node:
            case ast.If(test=test, body=[ast.Assign() as given], orelse=[]) | ast.IfExp(
                test=test, body=given
            ) if not loads.isdisjoint(walk(given)):
                loads -= {test, *children(test)}
    return len(loads) == 1


def _passed(frame: Frame, below: Frame, name: str) -> str | None:
    """The parameter that an activation hands on as the parameter `name` of the one that it calls."""
    given = below.argument(name)
    if _is_rest(below, name) and isinstance(below.call, ast.Call):
        given = next((n.value for n in below.call.args if isinstance(n, ast.Starred)), None)
    if isinstance(given, ast.Name) and frame.hands_on(given.id):
        return given.id
    return None


def _is_alias(read: RowRead) -> bool:
    """True for an alias of a class, which has no name where the options are handed in."""
    value = read.query.entities[read.entity].value
    return isinstance(value, ModelClass) and value.alias is not None


def _may_be_given(program: Program, frame: Frame, name: str) -> bool:
    """True if callers may give a function with `**kwargs` a keyword of this name."""
    node, facts = frame.code.node, frame.code.facts
    if isinstance(node, ast.Module) or facts is None or node.args.kwarg is None:
        return False
    given = re.compile(rf"\b{name}\s*=(?!=)|[\"']{name}[\"']|\*\*")
    return any(
        given.search(program.source(caller.place.path).slice(caller.place.span))
        for caller in program.words.mentions(facts).functions
    )


def _of_one_model(read: RowRead, frame: Frame) -> bool:
    """True if the function asks for this model, whoever calls it."""
    if frame.code.facts is None:
        return False
    scope = read.scope.program.scope(frame.code)
    return _all_of_model(read, (run for run in scope.runs if run.node is read.run.node))


def _always_of(read: RowRead, giver: Frame, taker: Frame) -> bool:
    """True if the call that hands the options in leads to queries for this model only."""
    runs = (
        run
        for run in read.scope.runs
        if run.node is read.run.node
        and any(f.call is taker.call and f.caller is giver for f in run.frame.chain)
    )
    return _all_of_model(read, runs)


def _all_of_model(read: RowRead, runs: Iterable[Run]) -> bool:
    found = [entity.model for run in runs for entity in run.query.entities[read.entity :][:1]]
    return bool(found) and all(model is read.model for model in found)


def _taken(read: RowRead, frame: Frame) -> str | None:
    """The parameter whose options the query takes already, if it is given any."""
    calls = [*read.query.option_calls]
    assert isinstance(read.spot, Spot)
    if not calls and len(read.spot.nodes) == 1:
        calls += _where_given(frame.code.node, read.spot.nodes[0])
    for call in calls:
        for argument in call.args:
            match argument:
                case ast.Starred(value=ast.Name(id=name)) if frame.hands_on(name):
                    return name
    return None


def _where_given(function: ast.AST, root: ast.expr) -> Iterator[ast.Call]:
    """`if options: query = query.options(*options)` after the query that begins at `root`."""
    names = holders(function, root)
    for node in walk(function):
        match node:
            case ast.If(
                test=ast.Name(id=tested)
                | ast.Compare(
                    left=ast.Name(id=tested),
                    ops=[ast.IsNot()],
                    comparators=[ast.Constant(value=None)],
                ),
                body=[
                    ast.Assign(
                        targets=[ast.Name(id=target)],
                        value=ast.Call(
                            func=ast.Attribute(value=ast.Name(id=held), attr="options"),
                            args=[ast.Starred(value=ast.Name(id=given))],
                        ) as call,
                    )
                ],
                orelse=[],
            ) if (
                target == held and held in names and tested == given
            ):
                yield call


def _is_rest(frame: Frame, name: str) -> bool:
    """True for `*options`, which is given one by one."""
    node = frame.code.node
    rest = None if isinstance(node, ast.Module) else node.args.vararg
    return rest is not None and rest.arg == name


def _takes_more(frame: Frame) -> bool:
    """True if one more argument of the call is one more of `*options`."""
    call, node = frame.call, frame.code.node
    if not isinstance(call, ast.Call) or isinstance(node, ast.Module) or call.keywords:
        return False
    own = len(node.args.posonlyargs) + len(node.args.args) - frame.bound
    starred = any(isinstance(item, ast.Starred) for item in call.args)
    return not starred and len(call.args) >= own


def _may_take(scope: Scope, frame: Frame) -> bool:
    """True for a function that can get one more parameter, and is called by its name here."""
    facts, call = frame.code.facts, frame.call
    if facts is None or facts.is_generator or not isinstance(call, ast.Call):
        return False
    called = (
        call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    )
    known = scope.program.words.called_so(facts, called)
    if not known or set(facts.decorators) - _PASSED_ON:
        return False
    if not scope.program.words.only_called(facts):
        return False
    if frame.code.owner is None:
        return True
    if taken_for(frame) is not None or scope.index.overridden(frame.code.owner, facts.name):
        return False
    return promises(scope.program, frame.code) is not None


def patches(read: RowRead, shared: Sharing, options: Sequence[Code]) -> Iterator[Patch]:
    """The parameter, what it is handed, and the query that takes it."""
    scope, spot = read.scope, read.spot
    assert isinstance(spot, Spot)
    if shared.added == len(shared.takers):
        (root,) = spot.nodes
        query = Code.of(
            "{query}.options(*{name})", query=Copied(scope.place(root)), name=shared.names[-1]
        )
        yield Replace(scope.place(root), query)
    for frame in shared.takers[: shared.added]:
        for code in (frame.code, *(promises(scope.program, frame.code) or ())):
            yield from _parameter(code, shared.names[0])
    call, name = shared.takers[0].call, shared.names[0]
    assert isinstance(call, ast.Call)
    if shared.given is not None:
        kept = tuple(Copied(scope.place(item)) for item in shared.given.elts)
        yield Replace(scope.place(shared.given), _list((*kept, *options)))
    elif not shared.added and _is_rest(shared.takers[0], name):
        yield AddArguments(scope.place(call), tuple(options))
    else:
        yield AddKeyword(scope.place(call), name, _list(tuple(options)))
    handing = zip(shared.takers[1:], shared.names[1:], strict=True)
    for frame, taken in list(handing)[: shared.added]:
        assert isinstance(frame.call, ast.Call)
        yield AddKeyword(scope.place(frame.call), taken, Code.of("{name}", name=name))


def _list(items: Sequence[Copied | Code]) -> Code:
    names = [f"item{number}" for number in range(len(items))]
    text = ", ".join(f"{{{name}}}" for name in names)
    return Code.of(f"[{text}]", **dict(zip(names, items, strict=True)))


def _parameter(code: Function, name: str) -> Iterator[Patch]:
    node = code.node
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    place = code.source.place(node)
    about = "loader options for the query"
    if not has_annotations(node):
        yield AddParameter(place, name, None, about, "()")
        return
    yield Import(place, "collections.abc", "Sequence")
    yield Import(place, "sqlalchemy.orm.interfaces", "ORMOption")
    yield AddParameter(place, name, Code.of("Sequence[ORMOption]"), about, "()")
