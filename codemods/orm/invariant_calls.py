"""Calls in a loop of functions that look up the same for every item."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts import symbols
from codemods.facts.nodes import walk
from codemods.orm import batch_changes
from codemods.orm.annotated import is_annotated
from codemods.orm.batch_names import what_of
from codemods.orm.batch_sites import Site, sites
from codemods.orm.definitions import rebound
from codemods.orm.events import Act, Effect, Run
from codemods.orm.frames import Frame
from codemods.orm.invariants import Form, Invariant, around, is_steady
from codemods.orm.keys import PURE_METHODS, is_pure, loaded_names
from codemods.orm.naming import singular, snake
from codemods.orm.observable import noticed
from codemods.orm.plain_answers import clocks, is_data
from codemods.orm.summaries import joined
from codemods.orm.values import Row, Value, kind_of, may_be_none

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_ASKING = frozenset({
    "first", "one_or_none", "scalar_one_or_none", "scalar", "one", "scalar_one", "count", "all",
    "iterate",
})  # fmt: skip
# What raises where there are several rows.
_SINGLE = ("one_or_none", "scalar_one_or_none", "scalar")
_RAISING = ast.Raise | ast.Assert | ast.Subscript
_CONTAINERS = frozenset({
    "dict", "list", "set", "defaultdict", "ordereddict", "counter", "deque", "local", "namespace",
    "simplenamespace", "weakvaluedictionary", "contextvar",
})  # fmt: skip


@dataclass(eq=False, kw_only=True)
class InvariantCall(Invariant):
    """A call of a function that does nothing but send one query.

    `names` fit what it gives; `raising` is True where it may raise instead. `called` is the
    function's activation.
    """

    called: Frame
    names: tuple[str, ...] = ()
    raising: bool = False

    @property
    def call(self) -> ast.AST:
        node = self.run.node
        return node.value if isinstance(node, ast.Await) else node

    @property
    def raises(self) -> bool:
        return self.raising


def invariant_calls(scope: Scope) -> Iterator[InvariantCall]:
    """Every call of the scope whose function asks a loop's innermost round for the same again."""
    for site in sites(scope):
        found = _invariant(scope, site)
        if found is not None:
            yield found


def _invariant(scope: Scope, site: Site) -> InvariantCall | None:
    frame, code = site.frame, site.frame.code
    receiver = site.receiver
    if site.problem is not None or site.varying or site.around or len(site.deep) != 1:
        return None
    if receiver is not None and (loaded_names(receiver) & site.bound or not is_pure(receiver)):
        return None
    run, model = site.deep[0], site.deep[0].query.model
    if model is None or run.query.tables is None or run.loops[: len(site.loops)] != site.loops:
        return None
    if run.terminal not in _ASKING or run.query.has("with_for_update"):
        return None
    if not is_steady(scope.program.scope(run.frame.code), run) or not _only_asks(scope, site):
        return None
    if not _reads_nothing_else(scope, site):
        return None
    value = joined(frame.returned) if frame.returned else None
    if value is None or not (is_data(value) or isinstance(value, Row)):
        return None
    stand_in = _at_the_call(scope, site, run)
    required = run.raises or any(isinstance(n, _RAISING) for n in walk(code.node))
    raising = required or run.terminal in _SINGLE
    loops = around(scope, stand_in)
    if not loops:
        return None
    name = snake(model.name) if isinstance(value, Row) else _name(code.name.rpartition(".")[2])
    return InvariantCall(
        scope, stand_in, model, (), "row", "first", around=loops,
        form="required" if required else _form(scope, value), names=(name, f"found_{name}"),
        raising=raising, called=frame,
    )  # fmt: skip


def _name(function: str) -> str:
    """What a function gives that looks up no row: `label` of `label_of()`, `line_count` of
    `count_lines()`."""
    what = what_of(function).removesuffix("_of")
    counted = what.removeprefix("count_")
    return f"{singular(counted)}_count" if counted != what else what


def _form(scope: Scope, value: Value) -> Form:
    """What stands for the answer where the loop has no item, and nobody reads it."""
    if may_be_none(value):
        return "optional"
    if kind_of(value) == "int":
        return "number"
    return "required" if is_annotated(scope) else "optional"


def _at_the_call(scope: Scope, site: Site, run: Run) -> Run:
    """The query, as if the loop's function sent it where it calls."""
    found = copy.copy(run)
    call: ast.expr = site.call
    above = scope.parents.get(call)
    found.node = found.expression = above if isinstance(above, ast.Await) else call
    # however it is read in the function, the call gives one value
    found.terminal = "first"
    found.inner, found.frame = run.statement, scope.flow.root
    found.loops, found.branches, found.tries = site.loops, site.frame.branches, site.frame.tries
    return found


def _only_asks(scope: Scope, site: Site) -> bool:
    """True if the function, and those that it calls, do nothing but look up."""
    frame = site.frame
    for event in scope.events[frame.first : (frame.last or frame.first) + 1]:
        if frame not in event.frame.chain or not isinstance(event, Effect):
            continue
        if event.act is Act.YIELD:
            # a generator that the function itself goes through
            continue
        called = (event.callee or "").rpartition(".")[2]
        if event.act is not Act.CALL or called not in PURE_METHODS:
            return False
    codes = dict.fromkeys(f.code for f in scope.flow.frames if frame in f.chain)
    return not any(
        noticed(code.node, code.node) or any(clocks(code.node)) for code in (frame.code, *codes)
    )


def _reads_nothing_else(scope: Scope, site: Site) -> bool:
    """True if the function, and those that it calls, read no attribute that the loop assigns, and
    nothing of a module that changes."""
    assigned, index = batch_changes.assigned(site), scope.index
    codes = {f.code for f in scope.flow.frames if site.frame in f.chain}
    for code in codes:
        changing = rebound(code.source.text)
        for node in walk(code.node):
            match node:
                case ast.Attribute(attr=name) if name in assigned:
                    return False
                case ast.Name(id=name) if name in changing:
                    return False
                case ast.Name(id=name):
                    full = index.resolve_local(code.module, name)
                    held = index.value(full) if full is not None else None
                    if held is not None and _may_be_filled(held.value):
                        return False
    return True


def _may_be_filled(value: symbols.Symbol | None) -> bool:
    """True for a list or dict, whoever puts something into it."""
    match value:
        case symbols.Pairs() | symbols.Items(kind="list" | "set"):
            return True
        case symbols.Call():
            return value.func.rpartition(".")[2].lower() in _CONTAINERS
    return False
