"""Which functions are worth looking at: what they reach through calls, told from names alone.

A finding over several functions needs a query, a relationship that is read and a loop, somewhere
below the function that brings them together. Names are resolved as far as that costs little; a
method of an object that nothing is known of may be any of the few that are called so.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.parse import ParseError
from codemods.facts.symbols import dotted_name

if TYPE_CHECKING:
    from pathlib import Path

    from codemods.facts.values import FunctionFacts, ModuleFacts
    from codemods.orm.frames import Program

# A name with a dot before it is an attribute of something that has no name.
_DOTTED = re.compile(r"\.?[A-Za-z_][\w.]*")
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
        reaching = [set(self.querying), self._reaching(1), self._reaching(2)]
        everything = reaching[0] & reaching[1] & reaching[2]
        return frozenset(name for name in everything if self._brings_together(name, reaching))

    @cached_property
    def querying(self) -> frozenset[str]:
        """The full names of functions that may send a query."""
        return frozenset(self._reaching(0))

    def _brings_together(self, name: str, reaching: list[set[str]]) -> bool:
        """True unless all of it happens in one function that this one calls."""
        own = self._own[name]
        if all(own):
            return False
        called = [c for c in self._calls[name] if any(c in found for found in reaching)]
        return any(own) or len(called) > 1

    def _reaching(self, kind: int) -> set[str]:
        return self._above({name for name, own in self._own.items() if own[kind]})

    def _above(self, names: set[str]) -> set[str]:
        """These functions and all that reach one of them."""
        found = set(names)
        waiting = list(found)
        while waiting:
            for caller in self._callers[waiting.pop()]:
                if caller not in found:
                    found.add(caller)
                    waiting.append(caller)
        return found

    @cached_property
    def _callers(self) -> dict[str, list[str]]:
        callers: dict[str, list[str]] = defaultdict(list)
        for name, called in self._calls.items():
            for other in called:
                callers[other].append(name)
        return callers

    def leading_to(self, paths: Iterable[Path]) -> set[Path]:
        """The files with a function of `roots` that reaches one of these files."""
        wanted = set(paths)
        inside = {f.full_name for _, f in self._functions if f.place.path in wanted}
        above = self._above(inside) & self.roots
        return {f.place.path for _, f in self._functions if f.full_name in above}

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

    def mentions(self, facts: FunctionFacts) -> Mentions:
        """The functions outside of tests that may call this one."""
        found = [
            caller
            for module, caller in self._naming.get(facts.name, ())
            if caller.full_name != facts.full_name and self._may_mean(module, caller, facts)
        ]
        return Mentions(tuple(found), self._elsewhere(facts))

    @cached_property
    def _naming(self) -> dict[str, list[tuple[ModuleFacts, FunctionFacts]]]:
        """The functions in which a name occurs."""
        found: dict[str, list[tuple[ModuleFacts, FunctionFacts]]] = defaultdict(list)
        for (module, facts), words in zip(self._functions, self._words, strict=True):
            for part in {part for word in words for part in word.split(".")}:
                found[part].append((module, facts))
        return found

    def _may_mean(self, module: ModuleFacts, caller: FunctionFacts, facts: FunctionFacts) -> bool:
        """False if every mention of the name in `caller` is known to mean something else."""
        text = self.program.source(caller.place.path).text
        span = caller.place.span
        for word in set(_DOTTED.findall(text, span.start, span.end)):
            parts = word.split(".")
            if facts.name not in parts:
                continue
            word = ".".join(parts[: parts.index(facts.name) + 1])
            if word == facts.name == caller.name:
                continue  # its own definition
            full = self.index.resolve_local(module, word)
            if parts[0] in ("self", "cls") and len(parts) == 2 and caller.owner:
                own = self.index.function(f"{module.module}.{caller.owner}.{facts.name}")
                full = own.full_name if own is not None else None
                if own is not None and own.owner != facts.owner and facts.owner is not None:
                    # one of the two may override the other
                    return True
            if self._means(full, len(parts), facts):
                return True
        return False

    def _means(self, full: str | None, parts: int, facts: FunctionFacts) -> bool:
        """True if a name that is resolved to `full` may be the function's."""
        resolved = self.index.function(full) if full is not None else None
        if resolved is not None:
            return resolved.full_name == facts.full_name
        return full is None and facts.owner is not None and parts > 1

    def _elsewhere(self, facts: FunctionFacts) -> str | None:
        """A file that names the function outside of its functions, or that was not analysed."""
        for source in self.program.files():
            if facts.name.encode() not in source.data or _TESTS.search(str(source.path)):
                continue
            module = self.index.by_path.get(source.path)
            try:
                tree = self.program.trees(source.path).whole
            except ParseError:
                return source.path.name
            for node in _outside_functions(tree) if module else ast.walk(tree):
                dotted = dotted_name(node) if isinstance(node, ast.Name | ast.Attribute) else None
                if dotted is None or dotted.rpartition(".")[2] != facts.name:
                    continue
                if module is None:
                    return source.path.name
                full = self.index.resolve_local(module, dotted)
                if self._means(full, 1 + dotted.count("."), facts):
                    return f"{source.path.name}, outside of its functions,"
        return None

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


@dataclass(frozen=True)
class Mentions:
    """Who may call a function. `elsewhere` is a file that names it where no function does, or one
    of which nothing is known."""

    functions: tuple[FunctionFacts, ...]
    elsewhere: str | None = None


def _outside_functions(tree: ast.Module) -> Iterator[ast.expr]:
    """The names that are read outside of functions, their decorators included."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting.extend(node.decorator_list)
            continue
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield node
        waiting.extend(ast.iter_child_nodes(node))


def is_test(module: ModuleFacts) -> bool:
    """True for a file of tests."""
    return bool(_TESTS.search(str(module.path)))
