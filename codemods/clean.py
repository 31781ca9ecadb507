"""Why a file in which nothing is found is as it should be: one phrase, from what was seen in it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from codemods.finding import Finding
from codemods.results import Clean
from codemods.workspace import Workspace, concerns

if TYPE_CHECKING:
    from codemods.orm.events import Read, Run
    from codemods.orm.scope import Scope
    from codemods.orm.values import Step

_NOTHING = "no queries"
_INSERTS = frozenset({"add", "append"})
_WRITES = frozenset({*_INSERTS, "delete", "set", "dml"})
# The session's own methods; an attribute may be set on anything.
_OF_SESSIONS = frozenset({"add", "delete", "dml"})
_SEVERAL = frozenset({"all", "iterate", "scalars", "execute"})


def clean_files(
    workspace: Workspace, paths: Iterable[Path], findings: Iterable[Finding]
) -> Iterator[Clean]:
    """Those of the files that were analysed and that no finding has an end in."""
    found = tuple(findings)
    for path in paths:
        if path in workspace.skipped or any(concerns(finding, {path}) for finding in found):
            continue
        yield _clean(path, [scope for scope in workspace.scopes(path) if scope.events])


def _clean(path: Path, scopes: list[Scope]) -> Clean:
    runs = [run for scope in scopes for run in scope.own_runs]
    effects = [effect for scope in scopes for effect in scope.effects if effect.own]
    acts = {e.act.value for e in effects if e.model is not None or e.act.value in _OF_SESSIONS}
    if runs:
        return Clean(path, _phrase(scopes), queries=True)
    written = acts & _WRITES
    told = _NOTHING if not written else "only inserts" if written <= _INSERTS else "only writes"
    return Clean(path, told, queries=bool(written))


def _phrase(scopes: list[Scope]) -> str:
    reads = [read for scope in scopes for read in scope.reads if read.loops]
    if reads and all(_loaded(read) for read in reads):
        return "eager options cover every relationship read in its loops"
    if any(run.loops for scope in scopes for run in scope.runs):
        return "no repeated query found"
    fetched = dict.fromkeys(name for scope in scopes for name in _fetched_before(scope))
    if fetched:
        names = ", ".join(fetched)
        return f"fetches {names} before the loop that adds rows"
    asking = [len(scope.own_runs) for scope in scopes if scope.own_runs]
    told = "queries only outside of loops"
    if max(asking, default=0) == 1:
        told = "one query" if len(asking) == 1 else "one query per function"
    if not reads and any(_goes_through_rows(scope) for scope in scopes):
        return f"{told}, and no relationship read per row"
    return told


def _loaded(read: Read) -> bool:
    """True if every query that brings the row has an option for the relationship."""
    origins = read.row.origins
    return bool(origins) and all(
        origin.run is not None and _covered(origin.run, (*origin.path, read.step))
        for origin in origins
    )


def _covered(run: Run, path: tuple[Step, ...]) -> bool:
    paths = (loader.path for loader in run.query.loaders if loader is not None)
    return any(known is not None and known[: len(path)] == path for known in paths)


def _fetched_before(scope: Scope) -> Iterator[str]:
    """The variables that queries fill before a loop that adds rows."""
    for effect in scope.effects:
        if effect.act.value == "add" and effect.loops:
            for run in scope.own_runs:
                statement = run.statement
                before = run.index < effect.loops[0].first and run.terminal in _SEVERAL
                if before and isinstance(statement, ast.Assign):
                    yield from (node.id for node in statement.targets if isinstance(node, ast.Name))


def _goes_through_rows(scope: Scope) -> bool:
    from codemods.orm.values import Items, Row

    return any(
        isinstance(loop.items, Items) and isinstance(loop.element, Row)
        for loop in scope.flow.all_loops
    )
