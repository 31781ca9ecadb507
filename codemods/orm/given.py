"""What all callers of a function hand to its parameters."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.batch_sites import arguments_of
from codemods.orm.batch_slices import assigned_in
from codemods.orm.frames import Code, Frame, Program
from codemods.orm.instances import Instance
from codemods.orm.mentions import has_tests
from codemods.orm.values import (
    ANYTHING,
    Cell,
    Items,
    Nothing,
    Origin,
    Plain,
    Row,
    Session,
    Tuple,
    Unknown,
    Value,
    join,
    may_be_none,
)

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts


def given(program: Program, function: Code) -> dict[str, Value]:
    """The values of a function's parameters, by name, as far as all callers are known."""
    known = program.one(_none_known)
    if function not in known:
        known[function] = {}  # for what calls itself
        known[function] = _given(program, function)
    return known[function]


def _none_known(program: Program) -> dict[Code, dict[str, Value]]:
    return {}


def _given(program: Program, function: Code) -> dict[str, Value]:
    facts = function.facts
    assert facts is not None
    own = facts.parameters[1:] if facts.owner is not None else facts.parameters
    mentions = program.words.mentions(facts)
    if mentions.elsewhere is not None or all(p.annotation for p in own):
        return {}
    found: dict[str, Value] = {}
    for caller in callers(program, facts):
        frames = [f for f in program.scope(caller).flow.frames if f.code is function and f.env]
        if not frames:
            return {}
        for frame in frames:
            for name in (parameter.name for parameter in facts.parameters):
                value = _bare(frame.env.get(name))
                if isinstance(value, Unknown):
                    value = _handed_on(program, frame, name)
                found[name] = join(found[name], value) if name in found else value
    changed = assigned_in(function.node)
    return {
        name: value
        for name, value in found.items()
        if not isinstance(value, Unknown) and name not in changed
    }


def promised(program: Program, function: Code) -> Mapping[str, Value]:
    """What the parameters without an annotation hold in every call, as an annotation would say it.

    Nothing is promised of a function that may be called by what is not seen: a decorated one, one
    that is handed on, one of a call that is not followed.
    """
    known = program.one(_none_promised)
    for each in _callers_first(program, function, known):
        known[each] = {}  # for what leads back to it
        known[each] = _promised(program, each)
    return known.get(function, {})


def _none_promised(program: Program) -> dict[Code, Mapping[str, Value]]:
    return {}


def _callers_first(program: Program, function: Code, known: Container[Code]) -> Iterator[Code]:
    """The function and all that lead to it, as far as something may be promised of them."""
    entered: set[Code] = set()
    waiting = [(function, False)]
    while waiting:
        code, left = waiting.pop()
        if left:
            yield code
        elif code not in entered and code not in known and _open_names(program, code):
            entered.add(code)
            waiting.append((code, True))
            assert code.facts is not None
            waiting += [(caller, False) for caller in callers(program, code.facts)]


def _open_names(program: Program, function: Code) -> frozenset[str]:
    """The parameters of which only the calls tell what they are; none where not all are seen."""
    facts = function.facts
    if facts is None or has_tests(function.module, program.index.root):
        return frozenset()
    own = facts.parameters
    if facts.owner is not None and "staticmethod" not in facts.decorators:
        own = own[1:]
    names = {p.name for p in own if p.annotation is None and p.kind not in _GATHERING}
    if not names or not set(facts.decorators) <= {"staticmethod", "classmethod"}:
        return frozenset()
    return frozenset(names) if program.words.only_called(facts) else frozenset()


def _promised(program: Program, function: Code) -> Mapping[str, Value]:
    if not _all_followed(program, function):
        return {}
    names, values = _open_names(program, function), given(program, function)
    return {name: values[name] for name in sorted(names & set(values)) if _is_data(values[name])}


_GATHERING = ("var-positional", "var-keyword")


def _all_followed(program: Program, function: Code) -> bool:
    """True if the walks of the callers have entered the function at every call by its name; what
    it hands to itself is not known."""
    facts = function.facts
    assert facts is not None
    for caller in (*callers(program, facts), function):
        frames = program.scope(caller).flow.frames if caller is not function else ()
        entered = {f.call for f in frames if f.code is function and f.env}
        for node in walk(caller.node):
            if not isinstance(node, ast.Call) or node in entered:
                continue
            if isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if program.words.called_so(facts, name):
                    return False
    return True


def _is_data(value: Value) -> bool:
    """True for rows, plain values and containers of either, of which no call makes another."""
    match value:
        case Items(element=element, mapped=mapped):
            return _is_data(element) and (mapped is None or _is_data(mapped))
        case Tuple(elements=elements):
            return all(map(_is_data, elements))
    return isinstance(value, Row | Cell | Plain)


def brought_none(program: Program, function: Code) -> frozenset[str]:
    """The parameters to which some call hands what may be None, whatever their annotation says."""
    known = program.one(_nothing_known)
    if function not in known:
        known[function] = frozenset()  # for what calls itself
        known[function] = frozenset(_brought_none(program, function))
    return known[function]


def _nothing_known(program: Program) -> dict[Code, frozenset[str]]:
    return {}


def _brought_none(program: Program, function: Code) -> Iterator[str]:
    assert function.facts is not None
    for caller in callers(program, function.facts):
        for frame in program.scope(caller).flow.frames:
            if frame.code is function:
                for name, value in frame.env.items():
                    if isinstance(value, Plain | Cell) and may_be_none(value):
                        yield name


def _handed_on(program: Program, frame: Frame, name: str) -> Value:
    """What a call gives where that is a parameter of its own function, or a column of one."""
    caller = frame.caller
    facts = caller.code.facts if caller is not None else None
    if caller is None or facts is None or facts.decorators:
        return ANYTHING
    node = (arguments_of(frame) or {}).get(name)
    match node:
        case ast.Name(id=own):
            return given(program, caller.code).get(own, ANYTHING)
        case ast.Attribute(value=ast.Name(id=own), attr=attr):
            row = given(program, caller.code).get(own)
            if isinstance(row, Row) and attr in row.model.columns:
                return Cell(row.model, row.model.columns[attr])
    return ANYTHING


def callers(program: Program, facts: FunctionFacts) -> Iterator[Code]:
    """The functions that may call this one."""
    for caller in program.words.mentions(facts).functions:
        code = program.code(caller)
        if code is not None:
            yield code


def _bare(value: Value | None) -> Value:
    """A value without where it comes from."""
    match value:
        case Row():
            return replace(value, origins=(Origin(None),))
        case Cell():
            return replace(value, row=None)
        case Plain():
            return Plain(value.kind, may_be_none(value))
        case Items(element=element, kind=kind, mapped=mapped):
            empty = isinstance(element, Nothing)
            inner = None if mapped is None else _bare(mapped)
            return Items(Nothing() if empty else _bare(element), kind, inner)
        case Tuple(elements=elements, names=names):
            return Tuple(tuple(map(_bare, elements)), names)
        case Session() | Instance():
            return value
    return ANYTHING
