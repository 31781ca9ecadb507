"""Lookups by one constant key that several places of a function, and of what it calls, ask for."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Note, Precondition, Role
from codemods.orm.batch_sites import arguments_of
from codemods.orm.events import Act, Effect, Run
from codemods.orm.lookup_shapes import GETS
from codemods.orm.mentions import has_tests
from codemods.orm.preconditions import effects, refuted

if TYPE_CHECKING:
    from codemods.orm.frames import Code, Frame
    from codemods.orm.scope import Scope
    from codemods.source import Place

_ASKING = GETS | {
    "all", "first", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none", "count",
    "first_or_404", "one_or_404",
}  # fmt: skip
_CHANGING = (
    Act.ADD, Act.DELETE, Act.SET, Act.APPEND, Act.DML, Act.SQL, Act.COMMIT, Act.ROLLBACK,
    Act.EXPIRE, Act.REFRESH, Act.CLOSE, Act.EXPUNGE,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class RepeatedPlaces:
    """Calls of one function with one key: `frames` are its activations, in their order."""

    scope: Scope = field(repr=False)
    code: Code
    key: str
    frames: tuple[Frame, ...]

    @property
    def place(self) -> Place:
        """Where the second call stands, or what leads to it."""
        site = self.frames[1].site
        assert site is not None
        return self.scope.place(site)

    @property
    def message(self) -> str:
        return f"{self.code.name}() looks up {self.key} in {len(self.frames)} places of this call"

    @property
    def cost(self) -> Cost:
        number = str(len(self.frames))
        return Cost(Amount(number, number), None)

    @property
    def condition(self) -> Precondition:
        reason = (
            f"each place asks by itself; {self.key} can be looked up once and handed on, or kept in "
            "a region of dogpile.cache that is told when it is written"
        )
        return refuted(self.scope, "asked-in-one-place", reason)

    @property
    def related(self) -> Iterator[Note]:
        for frame in self.frames:
            if frame.call is not None and self.scope.placed(frame.call):
                yield self.scope.note(Role.CALL, frame.call, f"{self.key} is looked up here")


def repeated_places(scope: Scope) -> Iterator[RepeatedPlaces]:
    """Every key that the function leads to more than once, by ways of its own."""
    if isinstance(scope.node, ast.Module) or _is_test(scope):
        return
    found: dict[tuple[Code, str], list[Frame]] = {}
    for frame in scope.flow.frames:
        key = _key(frame)
        if key is None or frame.loops or any("cache" in d for d in frame.code.decorators):
            continue
        if any(frame.code is other.code for other in frame.chain[:-1]):
            continue
        if all(frame.call is not known.call for known in found.get((frame.code, key), ())):
            found.setdefault((frame.code, key), []).append(frame)
    for (code, key), frames in found.items():
        ways = {frame.site for frame in frames}
        if len(ways) < 2 or len(ways) < len(frames) or _exclusive(frames):
            continue
        runs = [_runs(scope, frame) for frame in frames]
        if all(map(_only_asks, runs)) and not _changed(scope, runs):
            yield RepeatedPlaces(scope, code, key, tuple(frames))


def _is_test(scope: Scope) -> bool:
    """True for a file of tests, `rooms_test.py` as well."""
    return has_tests(scope.module, scope.index.root) or scope.module.path.stem.endswith("_test")


def _key(frame: Frame) -> str | None:
    """The constants that a function is called with besides the session."""
    if frame.caller is None or not isinstance(frame.call, ast.Call) or frame.code.facts is None:
        return None
    given = arguments_of(frame)
    constants = [n for n in (given or {}).values() if isinstance(n, ast.Constant) and n.value]
    if len(constants) != 1 or len(given or {}) > 2 or not isinstance(constants[0].value, str):
        return None
    return ast.unparse(constants[0])


def _runs(scope: Scope, frame: Frame) -> list[Run]:
    return [run for run in scope.runs if frame in run.frame.chain]


def _only_asks(runs: Sequence[Run]) -> bool:
    """True for one query that is sent whenever the function is called."""
    return len(runs) == 1 and runs[0].terminal in _ASKING and not runs[0].loops


def _exclusive(frames: Sequence[Frame]) -> bool:
    """True if two of the calls stand in arms of one condition."""
    arms: dict[ast.AST, set[int]] = {}
    for frame in frames:
        for branch in frame.branches:
            arms.setdefault(branch.node, set()).add(branch.arm)
    return any(len(found) > 1 for found in arms.values())


def _changed(scope: Scope, runs: Sequence[Sequence[Run]]) -> bool:
    """True if something between the first and the last query may change the answer."""
    first, last = runs[0][0].index, runs[-1][0].index
    between = scope.between(first, last)
    doing: list[Effect] = effects(between, *_CHANGING)
    return bool(doing)
