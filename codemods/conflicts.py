"""Which fixes can be made together: those that neither write nor read what another one writes."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from codemods.edits import Edit
from codemods.facts.nodes import walk
from codemods.finding import Finding
from codemods.patch import (
    AddArguments,
    AddKeyword,
    AddParameter,
    Chain,
    Code,
    Copied,
    Define,
    DropImport,
    Import,
    InsertAfter,
    InsertBefore,
    Patch,
    Remove,
    Replace,
)
from codemods.source import Place, Span

_HOLE = re.compile(r"\{\{|\}\}|\{(\w+)\}")
_ADDING = Chain | AddArguments | AddKeyword | AddParameter | Import | Remove


@dataclass(frozen=True)
class Plan:
    """A finding's fix: its patches, and `rewritten`, which makes edits of patches."""

    finding: Finding
    patches: tuple[Patch, ...]
    rewritten: Callable[[Sequence[Patch]], tuple[Edit, ...]] = field(repr=False)

    @cached_property
    def alone(self) -> tuple[Edit, ...] | Exception:
        """The edits that the fix comes to by itself, or why it comes to none."""
        try:
            edits = self.rewritten(self.patches)
        except Exception as error:
            return error
        return edits or ValueError("it would change nothing")

    @property
    def adds_only(self) -> bool:
        """True if calls get more to them, and every statement that stays is where it was."""
        return all(_adds(patch) for patch in self.patches)

    def without(self, other: Plan) -> Plan:
        """The plan without the patches that are another one's, too."""
        return replace(self, patches=tuple(p for p in self.patches if p not in _changes(other)))

    @cached_property
    def paths(self) -> frozenset[Path]:
        return frozenset(patch.place.path for patch in self.patches)

    def shows_in(self, edits: Sequence[Edit]) -> bool:
        """True if edits of several fixes change a place that this one writes to."""
        return any(
            _touch(place, Place(edit.path, edit.span)) for place, _ in self.writes for edit in edits
        )

    @cached_property
    def writes(self) -> tuple[tuple[Place, str | None], ...]:
        """The places that change; chains and arguments with what lets them merge."""
        return tuple(_writes(self.patches))

    @cached_property
    def reads(self) -> tuple[Place, ...]:
        """The places whose code is copied."""
        return tuple(place for patch in self.patches for place in _copied(patch))

    @cached_property
    def bound(self) -> frozenset[tuple[Path, str]]:
        """The variables that the new code sets."""
        return frozenset(
            (patch.place.path, name)
            for patch in self.patches
            for code in _codes(patch)
            for name in _assigned(code)
        )

    @cached_property
    def defined(self) -> frozenset[tuple[Path | None, str]]:
        """The functions and classes that the new code defines; methods without their file, as
        classes of several files may inherit from each other."""
        return frozenset(
            (None if is_method else patch.place.path, name)
            for patch in self.patches
            for code in _codes(patch)
            for name, is_method in _definitions(code)
        )


def conflict(one: Plan, other: Plan) -> bool:
    """True if the two must not be made in one step. What both of them change is made once."""
    if not one.paths & other.paths:
        return bool(one.defined & other.defined)
    if _changes(one) & _changes(other):
        one, other = one.without(other), other.without(one)
    if one.defined & other.defined:
        return True
    if one.finding.function == other.finding.function and one.bound & other.bound:
        return True
    for place, merge in one.writes:
        for second, second_merge in other.writes:
            if merge is not None and merge == second_merge and place == second:
                continue
            if _touch(place, second):
                return True
    return _disturbs(one, other) or _disturbs(other, one)


def _adds(patch: Patch) -> bool:
    """True if what is at the place stays, with something added, or goes."""
    match patch:
        case Replace(place=place, code=code):
            held = code.values.values()
            return any(isinstance(part, Copied) and part.place == place for part in held)
    return isinstance(patch, _ADDING)


def _changes(plan: Plan) -> set[Patch]:
    """The patches without those that every fix of a file may have."""
    return {patch for patch in plan.patches if not isinstance(patch, Import | DropImport | Define)}


def _disturbs(writer: Plan, reader: Plan) -> bool:
    """True if code that one copies is changed by the other: a chain changes nothing inside."""
    return any(
        _touch(place, copied) and (merge is None or copied.span.contains(place.span))
        for place, merge in writer.writes
        for copied in reader.reads
    )


def _touch(one: Place, other: Place) -> bool:
    if one.path != other.path:
        return False
    a, b = one.span, other.span
    if a.start == a.end or b.start == b.end:
        return a.start <= b.end and b.start <= a.end
    return a.overlaps(b)


def _writes(patches: Sequence[Patch]) -> Iterator[tuple[Place, str | None]]:
    for patch in patches:
        match patch:
            case Replace(place) | Remove(place) | AddKeyword(place):
                yield place, None
            case AddParameter(place):
                yield Place(place.path, Span(place.span.start, place.span.start)), None
            case Chain(place, method):
                # two options are one call, two paths below one option are not
                yield place, f".{method}" if method == "options" else None
            case AddArguments(place):
                yield place, "()"
            case InsertBefore(place):
                yield Place(place.path, Span(place.span.start, place.span.start)), None
            case InsertAfter(place):
                yield Place(place.path, Span(place.span.end, place.span.end)), None


def _codes(patch: Patch) -> tuple[Code, ...]:
    """The new code of a patch, without functions that are written once for all."""
    match patch:
        case Replace(_, code) | AddKeyword(_, _, code):
            return (code,)
        case Chain(_, _, codes) | AddArguments(_, codes):
            return codes
        case InsertBefore(_, codes) | InsertAfter(_, codes):
            return codes
    return ()


def _definitions(code: Code) -> Iterator[tuple[str, bool]]:
    """The functions and classes that a template defines, and whether they are methods."""
    if "def " not in code.text and "class " not in code.text:
        return
    for node in _parsed(code).body:
        match node:
            case ast.FunctionDef(args=arguments) | ast.AsyncFunctionDef(args=arguments):
                first = next((a.arg for a in (*arguments.posonlyargs, *arguments.args)), None)
                yield node.name, bool(node.decorator_list) or first in ("self", "cls")
            case ast.ClassDef(name=name):
                yield name, False


def _assigned(code: Code) -> Iterator[str]:
    """The variables that the statements of a template assign, in tuples, too."""
    for node in walk(_parsed(code)):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for item in (item for target in targets for item in walk(target)):
                if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Store):
                    yield item.id


def _parsed(code: Code) -> ast.Module:
    """The statements of a template; none where it is no statement."""
    holes = code.values

    def filled(match: re.Match[str]) -> str:
        hole = holes.get(match[1]) if match[1] else match[0][0]
        return hole if isinstance(hole, str) else "_"

    try:
        return ast.parse(_HOLE.sub(filled, code.text))
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def _copied(patch: Patch) -> Iterator[Place]:
    for code in _codes(patch):
        yield from _in_code(code)


def _in_code(code: Code) -> Iterator[Place]:
    for _, hole in code.holes:
        if isinstance(hole, Code):
            yield from _in_code(hole)
        elif isinstance(hole, Copied):
            yield hole.place
            for _, inner in hole.substitute:
                yield from _in_code(inner)
