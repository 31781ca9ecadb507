"""What all callers of a function hand to its parameters."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.orm.batch_sites import arguments_of
from codemods.orm.batch_slices import assigned_in
from codemods.orm.frames import Code, Frame, Program
from codemods.orm.instances import Instance
from codemods.orm.values import (
    ANYTHING,
    Cell,
    Origin,
    Plain,
    Row,
    Session,
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
        case Session() | Instance():
            return value
    return ANYTHING
