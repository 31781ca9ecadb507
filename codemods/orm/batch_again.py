"""Helpers that have a batch function already, and the loops that can hand over what it fetches."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Precondition, Status
from codemods.orm import batch_changes, batch_checks, preconditions
from codemods.orm.batch_helpers import Helper
from codemods.orm.batch_loops import Called
from codemods.orm.batch_sites import Site
from codemods.orm.frames import Code as Function
from codemods.orm.given import given as all_given
from codemods.orm.key_loops import NotCollectable
from codemods.orm.keys import KeyPart, loaded_names
from codemods.orm.lookup_shapes import inner_query
from codemods.orm.lookups import Lookup
from codemods.orm.preconditions import refuted
from codemods.orm.query import Predicate
from codemods.orm.query_code import Unwritable
from codemods.orm.values import DATA
from codemods.patch import Code, Copied, Hole, Patch

if TYPE_CHECKING:
    from codemods.orm.events import Run


@dataclass(frozen=True)
class BatchOfOne:
    """`if data is None: data = load_data(session, [item])` in a helper.

    Args:
        parameter: what the helper may be handed.
        call: the call of the batch function, for one item.
        listed: the list of that item.
    """

    parameter: str
    call: ast.Call
    listed: ast.List
    asynchronous: bool

    @property
    def item(self) -> tuple[str, ...] | None:
        """The variables that are the item; None where it is made of something else."""
        [one] = self.listed.elts
        nodes = one.elts if isinstance(one, ast.Tuple) else [one]
        names = tuple(node.id for node in nodes if isinstance(node, ast.Name))
        return names if len(names) == len(nodes) else None


def batch_of_one(function: Function) -> BatchOfOne | None:
    """The place where a helper fetches for itself what it was not handed."""
    node = function.node
    if isinstance(node, ast.Module):
        return None
    optional = {item.arg for item in node.args.kwonlyargs}
    for statement in walk(node):
        match statement:
            case ast.If(
                test=ast.Compare(
                    left=ast.Name(id=name), ops=[ast.Is()], comparators=[ast.Constant(value=None)]
                ),
                body=[ast.Assign(targets=[ast.Name(id=other)], value=value)],
            ) if (
                name == other and name in optional
            ):
                awaited = isinstance(value, ast.Await)
                call = value.value if isinstance(value, ast.Await) else value
                for item in call.args if isinstance(call, ast.Call) else ():
                    if isinstance(item, ast.List) and len(item.elts) == 1:
                        assert isinstance(call, ast.Call)
                        return BatchOfOne(name, call, item, awaited)
    return None


class Existing:
    """A batch function that stands beside its helper, as a loop can call it.

    Args:
        helper: the helper, as it depends on the item.
        code: the batch function.
    """

    def __init__(self, helper: Helper, found: BatchOfOne, code: Function) -> None:
        self.helper = helper
        self.found = found
        self.code = code
        self.parameter = found.parameter
        self.asynchronous = found.asynchronous
        self.several = found.parameter == "data"
        self.function = ast.unparse(found.call.func).rpartition(".")[2]
        self.what = helper.name.lstrip("_")

    @property
    def is_beside(self) -> bool:
        """True if it is called as one that stands in the same module, or in the same class."""
        if self.code.module is not self.helper.code.module:
            return False
        match self.found.call.func:
            case ast.Name():
                return self.code.owner is None and self.helper.code.owner is None
            case ast.Attribute(value=ast.Name(id=name)):
                return self.code.owner is not None and name == self.helper.receiver
        return False

    @cached_property
    def extra(self) -> tuple[ast.arg, ...]:
        """Parameters of the helper that are handed on to it."""
        call = self.found.call
        nodes = [*call.args, *(keyword.value for keyword in call.keywords)]
        names = set().union(*(loaded_names(n) for n in nodes if n is not self.found.listed))
        return tuple(p for p in self.helper.parameters if p.arg in names)

    @property
    def takes_parameters(self) -> bool:
        """True if all that it gets is what the helper got."""
        call = self.found.call
        if any(keyword.arg is None for keyword in call.keywords):
            return False
        own = {parameter.arg for parameter in self.helper.parameters} - self.helper.locals
        nodes = [*call.args, *(keyword.value for keyword in call.keywords)]
        others = [node for node in nodes if node is not self.found.listed]
        return all(isinstance(node, ast.Name) and node.id in own for node in others)

    @cached_property
    def read(self) -> frozenset[str]:
        """The attributes that it reads."""
        nodes = walk(self.code.node)
        return frozenset(node.attr for node in nodes if isinstance(node, ast.Attribute))

    @property
    def fields(self) -> frozenset[str]:
        return self.read if self.helper.receiver else frozenset()

    @cached_property
    def names(self) -> frozenset[str]:
        """The variables of the module that it reads."""
        nodes = [node for node in walk(self.code.node) if isinstance(node, ast.Name)]
        bound = {node.id for node in nodes if not isinstance(node.ctx, ast.Load)}
        return frozenset(node.id for node in nodes) - bound

    def item(self, keys: list[Code | Copied]) -> Code | Copied:
        """What it is called with, for what the helper is called with."""
        if len(keys) == 1:
            return keys[0]
        holes: dict[str, Hole] = {f"k{number}": key for number, key in enumerate(keys)}
        return Code.of(f"({', '.join(f'{{{name}}}' for name in holes)})", **holes)

    def arguments(self, given: Mapping[str, Hole], items: Code) -> Iterator[tuple[str, Hole]]:
        """Its arguments, with names for those that its call in the helper names.

        Raises:
            Unwritable: where a call leaves one of them out.
        """
        call = self.found.call
        pairs = [("", node) for node in call.args]
        pairs += [(keyword.arg or "", keyword.value) for keyword in call.keywords]
        for name, node in pairs:
            if node is self.found.listed:
                yield name, items
            elif isinstance(node, ast.Name) and node.id in given:
                yield name, given[node.id]
            else:
                raise Unwritable(f"{ast.unparse(node)} is not given by this call", node)


@dataclass(eq=False)
class Again(Called):
    """A call in a loop of a helper that could be handed what its batch function finds."""

    existing: Existing | None = None

    def _conditions(self) -> Iterator[Precondition]:
        site, scope, helper, existing = self.site, self.site.scope, self.helper, self.existing
        assert existing is not None
        if (problem := self._not_understood()) is not None:
            yield refuted(scope, "call-understood", problem)
            return
        key = self._key
        if key is None or key.model is None or key.column is None:
            reason = f"it is not seen by what {existing.function}() asks"
            yield refuted(scope, "keys-known-before", reason)
            return
        parts = tuple(
            KeyPart(key.model, key.column, argument, DATA) for argument in self._given.values()
        )
        try:
            run, collection = self._collected(parts)
        except NotCollectable as error:
            yield refuted(scope, "keys-known-before", error.reason)
            return
        self.asked = Lookup(scope, run, key.model, parts, "rows", "many", collection=collection)
        for sent in self._runs:
            yield from self._of_run(sent, parts)
        yield batch_checks.same_arguments(helper, site, existing)
        if (name := batch_changes.bound_anew(scope, site.loops, set(existing.read))) is not None:
            reason = f"the loop may change {name}, which {existing.function}() reads"
            yield refuted(scope, "same-arguments", reason)

    @property
    def _runs(self) -> list[Run]:
        """The queries of the batch function."""
        assert self.existing is not None
        call = self.existing.found.call
        return [r for r in self.site.deep if call in {frame.call for frame in r.frame.chain}]

    @property
    def _key(self) -> Predicate | None:
        """A condition of the batch function by its keys."""
        found = (p for run in self._runs for p in inner_query(run.query).predicates)
        return next((p for p in found if p.operator == "in" and p.column is not None), None)

    def _of_run(self, run: Run, parts: tuple[KeyPart, ...]) -> Iterator[Precondition]:
        """What must hold in the loop for one of these queries."""
        scope = self.site.scope
        assert self.asked is not None
        rows = replace(self.asked, run=run, parts=parts)
        # whatever is written of its tables would show
        checks = batch_checks.SiteChecks(replace(rows, kind="aggregate"), None)
        yield checks.keys_known()
        yield checks.items_repeatable()
        yield checks.always_asked()
        yield batch_checks.SiteChecks(rows, None).stays_loaded()
        written = checks.table_not_written()
        if written.status is Status.PROVEN and checks.upkeep.statements:
            reason = "the loop writes what is fetched before it"
            written = refuted(scope, written.name, reason, run)
        yield written
        yield checks.flushes_alike()
        yield preconditions.no_unknown_calls(scope, checks.window)
        yield preconditions.not_suspended(scope, checks.window)
        yield checks.errors_not_handled()

    def fix(self) -> tuple[Patch, ...]:
        """What changes in the loop's function.

        Raises:
            Unwritable: where there is no way to write it.
        """
        assert self.existing is not None
        return tuple(self.patches(self.existing, set(self.site.scope.taken_names)))


def again(site: Site, found: BatchOfOne, code: Function) -> Again | None:
    """The call with what it takes to hand over what is fetched for all items; None where the batch
    function is none of those that are called for the helper's own item, and beside it.

    Args:
        code: the batch function.
    """
    item, helper_code = found.item, site.frame.code
    if item is None or helper_code.facts is None or isinstance(helper_code.node, ast.Module):
        return None
    if found.parameter in site.arguments:
        return None
    program = site.scope.program
    helper = Helper(program, helper_code, item, all_given(program, helper_code))
    existing = Existing(helper, found, code)
    own = {parameter.arg for parameter in helper.parameters} - helper.locals
    if not (existing.is_beside and existing.takes_parameters and {*item} <= own):
        return None
    return Again(helper, site, None, existing=existing)
