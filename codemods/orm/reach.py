"""Which functions are worth looking at: what they reach through calls, told from names alone.

A finding over several functions needs a query, a relationship that is read and a loop, somewhere
below the function that brings them together. Names are resolved as far as that costs little; a
method of an object that nothing is known of may be any of the few that are called so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts, ModuleFacts
    from codemods.orm.frames import Program

_DOTTED = re.compile(r"[A-Za-z_][\w.]*")
# A name of more methods than these says nothing.
_MANY = 5
_TESTS = re.compile(r"(^|[/\\])(tests?|testing)[/\\]|(^|[/\\])(test_[^/\\]*|conftest)\.py$")


class Reach:
    """What the functions of a project reach.

    Args:
        program: the code of the project's functions.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.index = program.index

    @cached_property
    def roots(self) -> frozenset[str]:
        """The full names of functions that bring together what several functions do."""
        reaching = [self._reaching(kind) for kind in range(3)]
        everything = reaching[0] & reaching[1] & reaching[2]
        return frozenset(name for name in everything if self._brings_together(name, reaching))

    def _brings_together(self, name: str, reaching: list[set[str]]) -> bool:
        """True unless all of it happens in one function that this one calls."""
        own = self._own[name]
        if all(own):
            return False
        called = [c for c in self._calls[name] if any(c in found for found in reaching)]
        return any(own) or len(called) > 1

    def _reaching(self, kind: int) -> set[str]:
        callers: dict[str, list[str]] = defaultdict(list)
        for name, called in self._calls.items():
            for other in called:
                callers[other].append(name)
        found = {name for name, own in self._own.items() if own[kind]}
        waiting = list(found)
        while waiting:
            for caller in callers[waiting.pop()]:
                if caller not in found:
                    found.add(caller)
                    waiting.append(caller)
        return found

    @cached_property
    def _own(self) -> dict[str, tuple[bool, bool, bool]]:
        """Whether a function itself asks a query, reads what may be a relationship, and loops."""
        return {
            facts.full_name: (
                facts.query_calls > 0,
                not self._relationships.isdisjoint(self._attributes[facts.full_name]),
                facts.has_loop,
            )
            for _, facts in self._functions
        }

    @cached_property
    def _functions(self) -> tuple[tuple[ModuleFacts, FunctionFacts], ...]:
        return tuple(
            (module, facts)
            for module in self.index.modules.values()
            if not is_test(module)
            for facts in module.functions.values()
        )

    @cached_property
    def _relationships(self) -> frozenset[str]:
        return frozenset(
            name
            for model in self.index.models.values()
            for name, relationship in model.relationships.items()
            if relationship.lazy in ("select", None)
        )

    @cached_property
    def _attributes(self) -> dict[str, set[str]]:
        return {
            facts.full_name: {part for word in words for part in word.split(".")[1:]}
            for (_, facts), words in zip(self._functions, self._words, strict=True)
        }

    @cached_property
    def _words(self) -> list[set[str]]:
        found = []
        for _, facts in self._functions:
            text, span = self.program.source(facts.place.path).text, facts.place.span
            found.append(set(_DOTTED.findall(text, span.start, span.end)))
        return found

    @cached_property
    def _methods(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for _, facts in self._functions:
            if facts.owner is not None:
                found[facts.name].append(facts.full_name)
        return found

    @cached_property
    def _calls(self) -> dict[str, set[str]]:
        """The functions that each function names."""
        return {
            facts.full_name: set(self._named(module, facts, words))
            for (module, facts), words in zip(self._functions, self._words, strict=True)
        }

    def _named(
        self, module: ModuleFacts, facts: FunctionFacts, words: Iterable[str]
    ) -> Iterator[str]:
        known = {*module.imports, *module.functions, *module.classes, *module.values}
        known.update(name for name, _, _ in module.local_imports)
        for word in words:
            first, _, rest = word.partition(".")
            if first in ("self", "cls") and facts.owner and rest and "." not in rest:
                found = self.index.function(f"{module.module}.{facts.owner}.{rest}")
                if found is not None:
                    yield found.full_name
                continue
            if first in known and (full := self._resolved(module, word)) is not None:
                yield full
            elif rest:
                methods = self._methods.get(word.rpartition(".")[2], ())
                if len(methods) <= _MANY:
                    yield from methods

    def _resolved(self, module: ModuleFacts, word: str) -> str | None:
        """The function that a name means, or the constructor of the class."""
        full = self.index.resolve_local(module, word)
        if full is None:
            return None
        found = self.index.function(full)
        if found is None and self.index.class_(full) is not None:
            found = self.index.function(f"{full}.__init__")
        return found.full_name if found is not None else None


def is_test(module: ModuleFacts) -> bool:
    """True for a file of tests."""
    return bool(_TESTS.search(str(module.path)))
