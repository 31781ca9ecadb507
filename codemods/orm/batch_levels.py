"""Helpers that call helpers: what the outer one hands to the inner one of all that was fetched."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Status
from codemods.orm import chunks
from codemods.orm.batch_helpers import Helper
from codemods.orm.batch_loops import Called
from codemods.orm.batch_sites import sites
from codemods.orm.batch_slices import HelperSlice, stand_in
from codemods.orm.events import Run
from codemods.orm.frames import Code as Function
from codemods.orm.key_loops import Collection, NotCollectable
from codemods.orm.keys import KeyPart, loaded_names
from codemods.orm.values import Row
from codemods.patch import AddKeyword, Code, Copied, Patch

if TYPE_CHECKING:
    from codemods.orm.batch_code import BatchCode
    from codemods.orm.batch_units import Unit


@dataclass(eq=False)
class Handed(Called):
    """A call in a helper of another helper, whose data are fetched with those of the outer one.

    Args:
        outer: the helper that has the call.
        again: the call before this one of which the data serve this one, too.
    """

    outer: Helper | None = None
    again: Handed | None = None

    def _collected(self, parts: tuple[KeyPart, ...]) -> tuple[Run, Collection]:
        assert self.outer is not None
        site = self.site
        run = stand_in(site.deep[0], site.call, site.loops)
        keys = HelperSlice(self.outer.scope, run, parts, self.outer.earlier, site.loops)
        found = keys.collection()
        if not keys.of_item:
            reason = f"this does not depend on the {self.outer.title} of {self.outer.name}()"
            raise NotCollectable(reason, parts[0].operand)
        present = {guard.present for level in found.levels for guard in level.guards}
        for part in parts:
            if (
                isinstance(part.value, Row)
                and part.value.optional
                and self._needed
                and ast.dump(part.operand) not in present
            ):
                raise NotCollectable(f"{self.helper.name}() may be called with None", part.operand)
        if len(found.levels) > 1:
            # of an empty list there is nothing to fetch anyway
            first, inner = found.levels[0], ast.dump(found.levels[1].loop.iterable)
            first.guards = [guard for guard in first.guards if guard.present != inner]
        return run, found

    @property
    def _needed(self) -> bool:
        """True if the keys are read from what the inner helper is called with."""
        return any(
            part.attribute or any(isinstance(node, ast.Attribute) for node in walk(part.operand))
            for moved in self.helper.every_moved
            for part in moved.lookup.parts
        )

    def _comes_after(self, earlier: Called) -> bool:
        return True

    @property
    def inner(self) -> BatchCode:
        assert self.code is not None
        return self.code

    @property
    def title(self) -> str:
        """What one calls the data."""
        return (
            self.inner.what
            if self.inner.several
            else self.inner.parameter.removeprefix("prefetched_")
        )

    @property
    def first(self) -> ast.stmt:
        """The statement of the outer helper that needs the data first."""
        own = self.site.frame.loops
        return own[0].statement if own else self.site.deep[0].statement

    def fetch(self, items: str, taken: set[str]) -> tuple[Code, set[str]]:
        """The call of the inner batch function for all that the outer one is called with, and the
        variables that it binds itself."""
        asked = self.asked
        assert asked is not None and asked.collection is not None
        found = chunks.collected(asked, items, taken, self.inner.item)
        text = found.text if " for " not in found.text else f"[{found.text}]"
        bound = set().union(*(level.loop.names for level in asked.collection.levels[1:]))
        return self._call(self.inner, Code.of(text, **found.holes)), bound

    @property
    def plain(self) -> bool:
        """True if all that is fetched for the outer helper is fetched for this call, for an item
        that the outer one's item says, so that nothing stands between the two."""
        asked, outer, site, inner = self.asked, self.outer, self.site, self.helper
        assert asked is not None and asked.collection is not None and outer is not None
        if len(asked.parts) > 1 or len(outer.item) > 1:
            return False
        level, operand = asked.collection.levels[0], asked.parts[0].operand
        key = Copied(site.scope.place(operand))
        if len(asked.collection.levels) > 1 or level.guards or asked.collection.partial:
            return False
        if loaded_names(operand) != {*outer.item} or asked.collection.keys != [key]:
            return False
        if outer.code.module is not inner.code.module or (outer.receiver is None) != (
            inner.receiver is None
        ):
            return False
        match site.call.func:
            case ast.Name() if outer.receiver is None:
                pass
            case ast.Attribute(value=ast.Name(id=outer.receiver)) if inner.is_method:
                pass
            case _:
                return False
        own = {parameter.arg for parameter in outer.parameters}
        needed = [site.arguments.get(each.arg) for each in self.inner.extra]
        return all(isinstance(node, ast.Name) and node.id in own for node in needed)

    def kept(self, data: str) -> Patch:
        """The call hands over what is in `data`."""
        place = self.site.scope.place(self.site.call)
        return AddKeyword(place, self.inner.parameter, Code.of(data))


def handed(helper: Helper, unit: Callable[[Function], Unit | None]) -> Iterator[Handed]:
    """The calls in a helper of others that can be answered from what was fetched for all items.

    Args:
        unit: gives another helper, None for a function that is none.
    """
    done: list[Handed] = []
    for site in sites(helper.scope, (helper.scope.loop,)):
        if not site.varying or site.frame.code is helper.code or site.call in helper.forwarded:
            continue
        inner = unit(site.frame.code)
        if inner is None or inner.helper is None or inner.code is None:
            helper.obstacles += inner.obstacles if inner is not None else ()
            continue
        if not set(inner.helper.item) & set(site.varying) or inner.helper.kept:
            continue
        found = Handed(inner.helper, site, inner.code, outer=helper)
        if found.possible and found.asked is not None:
            extra = inner.code.extra
            found.again = next((each for each in done if found.shares(each, extra)), None)
            done.append(found)
            yield found
        helper.obstacles += (c for c in found.conditions if c.status is Status.REFUTED)
