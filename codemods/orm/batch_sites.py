"""Calls in loops, of functions that ask queries which depend on what they are called with."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from codemods.orm.events import Branch, Loop, Run
from codemods.orm.frames import Frame
from codemods.orm.keys import is_pure, loaded_names
from codemods.orm.scope import Scope


@dataclass(eq=False)
class Site:
    """A call of a helper in a loop.

    Args:
        scope: the function that has the loop.
        frame: what the call leads to.
        runs: the queries that the helper sends for each item.
        arguments: what the call gives to which parameter.
        problem: why that is not known.
    """

    scope: Scope
    frame: Frame
    call: ast.Call
    runs: tuple[Run, ...]
    arguments: Mapping[str, ast.expr] = field(default_factory=dict)
    problem: tuple[str, ast.expr] | None = None

    @property
    def loops(self) -> tuple[Loop, ...]:
        return self.frame.loops

    @cached_property
    def bound(self) -> frozenset[str]:
        """The variables that may be others for every iteration."""
        return frozenset().union(*(loop.names | loop.assigned for loop in self.loops))

    @cached_property
    def varying(self) -> tuple[str, ...]:
        """The parameters that may get something else for every iteration."""
        return tuple(
            name
            for name, node in self.arguments.items()
            if loaded_names(node) & self.bound or not is_pure(node)
        )

    @property
    def receiver(self) -> ast.expr | None:
        """What the method is called on."""
        return self.call.func.value if isinstance(self.call.func, ast.Attribute) else None


def sites(scope: Scope) -> Iterator[Site]:
    """The calls in the loops of a function that lead to queries which may depend on the item."""
    seen = set()
    for frame in scope.flow.frames:
        call = frame.call
        if frame.caller is not scope.flow.root or not frame.loops or not isinstance(call, ast.Call):
            continue
        if call in seen or frame.code.facts is None or isinstance(frame.code.node, ast.Module):
            continue
        if any("cache" in name or "memo" in name for name in frame.code.decorators):
            continue
        if not any(loop.names for loop in frame.loops):
            continue
        runs = tuple(
            run
            for run in scope.runs
            if run.frame is frame and run.loops == frame.loops and not _fetched(run, call)
        )
        if runs:
            seen.add(call)
            yield _site(scope, frame, call, runs)


def _fetched(run: Run, call: ast.Call) -> bool:
    """True for what is asked only where the caller has not handed over what it fetched."""
    handed = {keyword.arg for keyword in call.keywords}
    return any(_asks_without(branch, handed) for branch in run.branches)


def _asks_without(branch: Branch, handed: set[str | None]) -> bool:
    match branch.test:
        case ast.Compare(
            left=ast.Name(id=name), ops=[ast.Is()], comparators=[ast.Constant(value=None)]
        ):
            return branch.arm == 0 and name in handed
    return False


def _site(scope: Scope, frame: Frame, call: ast.Call, runs: tuple[Run, ...]) -> Site:
    site = Site(scope, frame, call, runs)
    node = frame.code.node
    assert not isinstance(node, ast.Module)
    if any(isinstance(item, ast.Starred) for item in call.args) or any(
        keyword.arg is None for keyword in call.keywords
    ):
        site.problem = ("it is not seen here which argument is which", call)
        return site
    positional = [*node.args.posonlyargs, *node.args.args]
    owner = frame.code.owner
    if owner is not None and "staticmethod" not in frame.code.decorators:
        positional = positional[1:]
    if len(call.args) > len(positional):
        site.problem = ("it is not seen here which argument is which", call)
        return site
    given = {item.arg: argument for item, argument in zip(positional, call.args, strict=False)}
    given.update((keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg)
    known = {item.arg for item in (*positional, *node.args.kwonlyargs)}
    if not set(given) <= known:
        site.problem = ("it is not seen here which argument is which", call)
    site.arguments = given
    return site
