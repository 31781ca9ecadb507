"""The other callers of the function that an option is written in, and whether it serves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codemods.finding import Precondition, Status
from codemods.orm import eager
from codemods.orm.preconditions import proven, unknown
from codemods.orm.values import holds

if TYPE_CHECKING:
    from codemods.orm.eager import RowRead
    from codemods.orm.frames import Code, Program
    from codemods.orm.scope import Scope

NAME = "callers-agree"


def callers_agree(read: RowRead) -> Precondition:
    """Whoever else gets these rows reads the relationship too, so that the option costs nobody
    anything (semantics of rewrites across functions, 3)."""
    own = isinstance(read.spot, str) or read.spot.scope.node is read.scope.node
    if isinstance(read.spot, str) or ((own or not read.spot.scope.code.facts) and _alone(read)):
        return proven(NAME, "the query is this function's own")
    code = read.spot.scope.code
    if own or not code.facts:
        reason = f"{read.scope.code.title} asks for these rows once more, and does not read them"
        return unknown(read.scope, NAME, reason, read.run)
    other = differing(read, code)
    if other is None:
        return proven(NAME, f"every caller of {code.title} reads {read.step.relationship.name}")
    if read.sharing is not None:
        return proven(NAME, f"{other} calls {code.title} too, and is spared the option")
    return unknown(
        read.scope, NAME,
        f"{other} calls {code.title} too, and would pay for an option that it may not need",
        read.run,
    )  # fmt: skip


def differing(read: RowRead, code: Code) -> str | None:
    """A caller of the function that does not read the relationship on all rows, or may not."""
    known = read.scope.program.differing
    key = (read.run.node, read.entity, eager.path_names(read.path), code, read.scope.node)
    if key not in known:
        known[key] = _Callers(read).differing(code)
    return known[key]


def _alone(read: RowRead) -> bool:
    """True if the function asks the query for these rows only, or reads all that it finds."""
    own = not isinstance(read.spot, str) and read.spot.scope.node is read.scope.node
    return _Callers(read)._agrees(read.scope, begun_here=own)


class _Callers:
    def __init__(self, read: RowRead) -> None:
        self.read = read
        self.program: Program = read.scope.program
        self.seen: set[Code] = set()

    def differing(self, code: Code) -> str | None:
        """As above; a caller that only passes the rows on is as good as its own callers."""
        if code in self.seen or code.facts is None:
            return None
        self.seen.add(code)
        mentions = self.program.words.mentions(code.facts)
        if mentions.elsewhere is not None:
            return mentions.elsewhere
        for facts in mentions.functions:
            caller = self.program.code(facts)
            if caller is None:
                return facts.qualname
            if caller is code:
                continue
            if not self._agrees(self.program.scope(caller)):
                return caller.title
        return None

    def _agrees(self, scope: Scope, begun_here: bool = False) -> bool:
        """True if the function reads the relationship of all rows that the option is for.

        Args:
            begun_here: whether these are only the rows of queries that begin as this one does.
        """
        from codemods.orm.row_reads import row_reads

        runs = [run for run in scope.runs if run.node is self.read.run.node]
        if begun_here:
            own = self.read.query.roots
            runs = [run for run in runs if any(root in own for root in run.query.roots)]
        if not runs:
            return False
        names = eager.path_names(self.read.path)
        reading = {
            other.run
            for other in row_reads(scope)
            if eager.path_names(other.path) == names
            and other.entity == self.read.entity
            and _served(other)
        }
        for run in runs:
            if run is self.read.run or run in reading:
                continue
            returned = any(holds(value, run) for value in scope.flow.root.returned)
            if not returned or self.differing(scope.code) is not None:
                return False
        return True


def _served(read: RowRead) -> bool:
    """True if the option changes nothing for another call but that its rows load at once."""
    from codemods.orm.eager_conditions import in_use

    return all(condition.status is Status.PROVEN for condition in in_use(read))
