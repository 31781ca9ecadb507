"""What a batch function asks: its queries by their keys, and what it needs to ask them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm import chunks
from codemods.orm.batch_helpers import Helper, Moved
from codemods.orm.batch_names import BatchNames
from codemods.orm.fillings import Filling
from codemods.orm.forwarded import Forwarded
from codemods.orm.naming import free
from codemods.orm.query_code import Unwritable
from codemods.patch import Code, Copied, Hole, Patch
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.batch_levels import Handed
    from codemods.orm.lookups import Lookup
    from codemods.orm.requery import Requery


@dataclass
class Part:
    """The loop over chunks for queries that have the same keys."""

    keys: chunks.Collected
    shown: str
    variable: str
    moved: list[Moved] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    holes: dict[str, Hole] = field(default_factory=dict)


@dataclass
class Inner:
    """What is fetched for a helper that the helper calls, under its name in the batch function."""

    name: str
    handed: Handed
    fetch: Code


class BatchParts(BatchNames):
    """What the batch function of a helper consists of.

    Raises:
        Unwritable: where there is no way to write it.
    """

    def __init__(self, helper: Helper) -> None:
        super().__init__(helper)
        self.imports: list[Patch] = []
        self.fields: frozenset[str] = frozenset()
        self.names: frozenset[str] = frozenset()
        self._requeries: list[Requery] = []
        # variables that only a part of the batch function has
        self._bound: set[str] = set()
        self.body = tuple(self._body())
        self.inner = tuple(self._inner())
        self.extra = tuple(self._extra())
        self.asynchronous: bool = any(m.lookup.run.awaited for m in self.moved) or any(
            each.handed.inner.asynchronous for each in self.inner
        )

    @cached_property
    def passed(self) -> Handed | None:
        """The only call that needs data, where its batch function serves this helper, too."""
        handed = self.helper.handed
        if self.moved or len(handed) != 1 or not handed[0].plain:
            return None
        return handed[0] if all(self.helper.default(each) is None for each in self.extra) else None

    @cached_property
    def function(self) -> str:
        return super().function if self.passed is None else self.passed.inner.function

    def item(self, keys: list[Code | Copied]) -> Code | Copied:
        """What the batch function is called with, for what the helper is called with."""
        if len(keys) > 1:
            holes: dict[str, Hole] = {f"k{number}": key for number, key in enumerate(keys)}
            return Code.of(f"({', '.join(f'{{{name}}}' for name in holes)})", **holes)
        [key] = keys
        if self.passed is None:
            return key
        assert self.passed.asked is not None
        operand, place = self.passed.asked.parts[0].operand, self.scope.place
        if isinstance(operand, ast.Name):
            return self.passed.inner.item([key])
        code = Code.of("{key}", key=key)
        names = [node for node in walk(operand) if isinstance(node, ast.Name)]
        own = Copied(place(operand), substitute=tuple((place(name), code) for name in names))
        return self.passed.inner.item([own])

    def arguments(self, given: Mapping[str, Hole], items: Code) -> Iterator[tuple[str, Hole]]:
        """The arguments of the batch function, with names for those that are optional.

        Args:
            given: what a call gives to which parameter of the helper.
            items: what takes the place of the item.
        """
        if self.passed is not None:
            arguments = self.passed.site.arguments.items()
            handed_on = {
                name: given[node.id]
                for name, node in arguments
                if isinstance(node, ast.Name) and node.id in given
            }
            yield from self.passed.inner.arguments(handed_on, items)
            return
        for parameter in self.ordered:
            if parameter in self.items:
                yield "", items
            elif parameter.arg in given:
                optional = self.helper.default(parameter) is not None
                yield parameter.arg if optional else "", given[parameter.arg]

    @property
    def found(self) -> list[str]:
        """The variables that hold what was found."""
        return [*(m.fetch.found for m in self.moved), *(each.name for each in self.inner)]

    # The batch function -------------------------------------------------------------------

    def _body(self) -> list[Part]:
        """The loops over chunks, one for all queries with the same keys."""
        parts: list[Part] = []
        for moved in self.moved:
            lookup, fetch = moved.lookup, moved.fetch
            collected = chunks.collected(lookup, self.helper.items, fetch.taken, fetch.key)
            if collected.statements:
                raise Unwritable("the items are left before the query", lookup.expression)
            if collected.text == self._each_key and self._asks_by_item(lookup):
                collected = chunks.Collected(self.helper.items, {})
            shown = self._shown(Code.of(collected.text, **collected.holes))
            part = next((part for part in parts if part.shown == shown), None)
            if part is None:
                part = Part(collected, shown, fetch.keys)
                parts.append(part)
            fetch.keys = part.variable
            lines, holes, requery = Filling(fetch).lines()
            prefix = f"q{len(self._requeries)}_"
            self._requeries.append(requery)
            self.imports += [*requery.imports, *fetch.imports]
            part.moved.append(moved)
            part.lines += [renamed(line, holes, prefix) for line in lines]
            part.holes.update({prefix + name: hole for name, hole in holes.items()})
        return parts

    @property
    def _each_key(self) -> str:
        return f"{{key}} for {', '.join(self.helper.item)} in {{i0}}"

    def _asks_by_item(self, lookup: Lookup) -> bool:
        """True if the keys are what the batch function is called with, several values each."""
        operands = [part.operand for part in lookup.parts]
        named = tuple(each.id for each in operands if isinstance(each, ast.Name))
        return len(named) == len(operands) > 1 and named == self.helper.item

    def _inner(self) -> Iterator[Inner]:
        """What is fetched by the batch functions of other helpers, once for equal items."""
        for each in self.helper.handed:
            if each.again is None:
                name = free(each.title, f"{each.title}_data", taken=self.helper.taken)
                self.helper.taken.add(name)
                fetch, bound = each.fetch(self.helper.items, self.helper.taken)
                if shadowed := bound & {moved.fetch.found for moved in self.moved}:
                    reason = f"{min(shadowed)} would mean two things"
                    raise Unwritable(reason, each.site.call)
                self._bound |= bound
                yield Inner(name, each, fetch)

    def _shown(self, hole: Hole) -> str:
        """Code as text, which is equal for equal code."""
        if isinstance(hole, str):
            return hole
        if isinstance(hole, Code):
            return f"{hole.text} {[(name, self._shown(inner)) for name, inner in hole.holes]}"
        node = self._nodes.get(hole.place)
        text = f"{hole.place}" if node is None else ast.dump(node)
        spots = sorted(hole.substitute, key=lambda item: item[0].span.start)
        return f"{text} {[self._shown(code) for _, code in spots]}"

    def _extra(self) -> Iterator[ast.arg]:
        """Parameters of the helper that the queries need besides the item."""
        names: set[str] = set()
        for part in self.body:
            for hole in (*part.keys.holes.values(), *part.holes.values()):
                names |= self._names(hole)
        for each in self.inner:
            names |= self._names(each.fetch)
        names -= self._bound
        if own := names & self.helper.locals - {*self.helper.item}:
            raise Unwritable(f"{min(own)} is known in {self.helper.name}() only", self.helper.node)
        arguments = self.helper.node.args
        for rest in (arguments.vararg, arguments.kwarg):
            if rest is not None and rest.arg in names:
                reason = f"{rest.arg} is known in {self.helper.name}() only"
                raise Unwritable(reason, self.helper.node)
        self.fields = self._fields(self.helper.receiver)
        self.names = frozenset(names)
        for parameter in self.helper.parameters:
            other = parameter.arg not in (*self.helper.item, self.helper.receiver)
            if parameter.arg in names and other:
                yield parameter

    @property
    def ordered(self) -> list[ast.arg]:
        """The batch function's parameters, in the helper's order, the optional ones last; the
        first of the item stands for all of it."""
        wanted = {*self.extra, *self.items[:1]}
        listed = [p for p in self.helper.parameters if p in wanted]
        return [p for p in listed if self.helper.default(p) is None or p in self.items] + [
            p for p in listed if self.helper.default(p) is not None and p not in self.items
        ]

    @cached_property
    def items(self) -> tuple[ast.arg, ...]:
        """The helper's parameters that are its item, in its order."""
        return tuple(p for p in self.helper.parameters if p.arg in self.helper.item)

    def _fields(self, receiver: str | None) -> frozenset[str]:
        """The attributes of its object that the helper reads, and those of what it sends by."""
        own = {
            node.attr
            for node in walk(self.helper.node)
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == receiver
        }
        runs = [moved.lookup.run for moved in self.moved]
        return frozenset(own.union(*(run.read for run in runs if isinstance(run, Forwarded))))

    @cached_property
    def _nodes(self) -> dict[Place, ast.expr]:
        return {
            self.scope.place(node): node
            for node in walk(self.helper.node)
            if isinstance(node, ast.expr)
        }

    def _names(self, hole: Hole) -> set[str]:
        """The variables that a piece of code reads."""
        if isinstance(hole, str):
            return set()
        if isinstance(hole, Code):
            return set().union(*(self._names(inner) for _, inner in hole.holes))
        node = self._nodes.get(hole.place)
        if node is None:
            return set()
        gone = {place for place, _ in hole.substitute}
        names = set().union(*(self._names(code) for _, code in hole.substitute))
        return names | set(self._loaded(node, gone))

    def _loaded(self, node: ast.AST, gone: set[Place]) -> Iterator[str]:
        if isinstance(node, ast.expr) and self.scope.place(node) in gone:
            return
        if isinstance(node, ast.Name):
            yield node.id
        for child in ast.iter_child_nodes(node):
            yield from self._loaded(child, gone)


def renamed(text: str, holes: Mapping[str, Hole], prefix: str) -> str:
    """A template with other names for these holes."""
    return re.sub(
        r"\{\{|\}\}|\{(\w+)\}",
        lambda m: f"{{{prefix}{m[1]}}}" if m[1] in holes else m[0],
        text,
    )
