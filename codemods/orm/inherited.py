"""Methods of a base class as a class below it runs them: the loop is inherited, what it calls for
each item is the class's own.

What nobody can know of the loop by itself is known of each class: which rows it goes through, and
what is done with each of them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Cost, Finding, Note, Role
from codemods.orm import hints
from codemods.orm.flow import Flow
from codemods.orm.mentions import is_test
from codemods.orm.preconditions import refuted
from codemods.orm.scope import Scope, scopes

if TYPE_CHECKING:
    from codemods.facts.values import ClassFacts, FunctionFacts, ModuleFacts
    from codemods.orm.frames import Code, Program
    from codemods.source import Place


class InheritedScope(Scope):
    """A method of a base class on an object of a class below it.

    Args:
        below: the full name of that class.
        own: where it, and what it has between itself and the base class, is written.
    """

    def __init__(self, program: Program, code: Code, below: str, own: tuple[Place, ...]) -> None:
        # what is known of the method by itself is not true of this class
        super().__init__(program, replace(code))
        self.below = below
        self.own = own

    @property
    def key(self) -> tuple[str, str]:
        return self.name or "", self.below

    @cached_property
    def flow(self) -> Flow:
        flow, node = Flow(self.program, self.code), self.node
        assert not isinstance(node, ast.Module)
        hints.bind_parameters(flow, node)
        first = [*node.args.posonlyargs, *node.args.args][0]
        flow.env[first.arg] = hints.receiver_of(flow, self.below, False)
        flow.block(node.body)
        flow.root.env, flow.root.last = flow.env, len(flow.events) - 1
        return flow

    def told(self, findings: Iterator[Finding]) -> Iterator[Finding]:
        """The findings at what the class itself does in the loop, which have no fix."""
        for finding in super().told(findings):
            place = self._place(finding.place)
            if place is not None:
                yield self._at(place, finding)

    def _at(self, place: Place, finding: Finding) -> Finding:
        code = self.code
        assert code.owner is not None
        above = code.owner.rpartition(".")[2]
        text = f"{code.name}() has one loop for all classes below {above}"
        related = tuple(note for note in finding.related if note.place != place)
        if place != finding.place:
            related += (Note(Role.CALL, finding.place, "the inherited loop calls it here"),)
        return replace(
            finding,
            place=place,
            related=related,
            cost=Cost(finding.cost.before, None) if finding.cost is not None else None,
            fix=None,
            preconditions=(refuted(self, "one-class", text),),
        )

    def _place(self, place: Place) -> Place | None:
        """Where to tell of what is found at a place: for one in the loop itself, what the class
        does there."""
        assert self.code.facts is not None
        home = self.code.facts.place
        for event in (*self.runs, *self.reads):
            nodes = (*(frame.call for frame in event.frame.chain), event.node)
            places = [self.place(node) for node in nodes if node is not None]
            own = next(filter(self._is_own, places), None)
            if place in places and own is not None:
                inside = place.path == home.path and home.span.contains(place.span)
                return own if inside else place
        return None

    def _is_own(self, place: Place) -> bool:
        return any(p.path == place.path and p.span.contains(place.span) for p in self.own)


def every_scope(program: Program, module: ModuleFacts) -> Iterator[Scope]:
    """What rules look at in a file: its functions, and the loops that its classes inherit.

    Raises:
        ParseError: where the file does not parse.
    """
    yield from scopes(program, module)
    yield from inherited(program, module)


def inherited(program: Program, module: ModuleFacts) -> Iterator[InheritedScope]:
    """The loops that the classes of a file inherit, and that call methods of their own."""
    if is_test(module, program.index.root):
        return
    for item in module.classes.values():
        if item.methods and program.index.model(item.full_name) is None:
            yield from _of_class(program, item)


def _of_class(program: Program, item: ClassFacts) -> Iterator[InheritedScope]:
    index = program.index
    passed: list[ClassFacts] = [item]
    for name in index.bases(item.full_name):
        above = index.class_(name)
        if above is None:
            continue
        own = {method for each in passed for method in each.methods}
        for facts in above.methods.values():
            if facts.name in own or not _has_part(program, facts):
                continue
            code = program.code(facts)
            called = _own_members(code) & own if code is not None else set()
            given = (index.function(f"{item.full_name}.{each}") for each in called)
            if code is not None and any(f is not None and program.reach.touches(f) for f in given):
                yield InheritedScope(
                    program, code, item.full_name, tuple(each.place for each in passed)
                )
        passed.append(above)


def _has_part(program: Program, facts: FunctionFacts) -> bool:
    """True for a method of objects with a loop."""
    static = {"staticmethod", "classmethod"}
    return facts.has_loop and bool(facts.parameters) and not static & set(facts.decorators)


def _own_members(code: Code) -> set[str]:
    """What a method names of the object that it is called on."""
    node = code.node
    assert not isinstance(node, ast.Module)
    first = [*node.args.posonlyargs, *node.args.args][:1]
    return {
        each.attr
        for each in walk(node)
        if isinstance(each, ast.Attribute)
        and isinstance(each.value, ast.Name)
        and first
        and each.value.id == first[0].arg
    }
