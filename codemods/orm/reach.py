"""Which functions are worth looking at: what they reach through calls, told from names alone.

A finding over several functions needs a query, a relationship that is read and a loop, somewhere
below the function that brings them together. Names are resolved as far as that costs little; a
method of an object that nothing is known of may be any of the few that are called so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from codemods.orm.loose_names import loose_names
from codemods.orm.path_operations import may_render

if TYPE_CHECKING:
    from pathlib import Path

    from codemods.facts.values import FunctionFacts, ModuleFacts
    from codemods.orm.frames import Program

# A name with a dot before it is an attribute of something that has no name.
_DOTTED = re.compile(r"\.?[A-Za-z_][\w.]*")
# A name of more methods than these says nothing.
_MANY = 2
TESTS = re.compile(r"(^|[/\\])(tests?|testing)[/\\]|(^|[/\\])(test_[^/\\]*|conftest)\.py$")


class Reach:
    """What the functions of a project reach.

    Args:
        program: the code of the project's functions.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.index = program.index
        self._mentions: dict[str, Mentions] = {}
        self._names: dict[Path, Mapping[str, set[str]]] = {}

    @cached_property
    def roots(self) -> frozenset[str]:
        """The full names of functions that bring together what several functions do."""
        reaching = [set(self.querying), set(self._reading), self._reaching(2)]
        everything = reaching[0] & reaching[1] & reaching[2]
        together = {name for name in everything if self._brings_together(name, reaching)}
        return frozenset(together | self._asking_in_loops)

    @cached_property
    def _asking_in_loops(self) -> set[str]:
        """Functions with a loop that call one with a query."""
        return {
            name
            for name, (_, _, loops) in self._own.items()
            if loops and any(self._own.get(c, (False,))[0] for c in self._calls[name] if c != name)
        }

    @cached_property
    def querying(self) -> frozenset[str]:
        """The full names of functions that may send a query."""
        return frozenset(self._reaching(0))

    @cached_property
    def _reading(self) -> frozenset[str]:
        return frozenset(self._reaching(1))

    def touches(self, facts: FunctionFacts) -> bool:
        """True if a function may send a query or read a relationship."""
        return facts.full_name in self.querying or facts.full_name in self._reading

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
        found = {}
        for _, facts in self._functions:
            place = facts.place
            renders = may_render(facts, self.program.source(place.path).slice(place.span))
            reads = not self._telling.isdisjoint(self._attributes[facts.full_name])
            found[facts.full_name] = (
                facts.query_calls > 0, reads or renders, facts.has_loop or renders,
            )  # fmt: skip
        return found

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
    def _telling(self) -> frozenset[str]:
        """Attributes of rows that may load something: relationships, and what reads one."""
        found = set(self._relationships)
        waiting = {
            facts.full_name: facts.name
            for _, facts in self._functions
            if facts.owner is not None and not facts.name.startswith("__")
            and self._rows_class(facts)
        }  # fmt: skip
        size = -1
        while len(found) != size:
            size = len(found)
            found |= {
                name
                for full_name, name in waiting.items()
                if not found.isdisjoint(self._attributes[full_name])
            }
        return frozenset(found)

    @cached_property
    def _row_classes(self) -> frozenset[str]:
        """Mapped classes and the classes above them."""
        models = self.index.models
        return frozenset({*models, *(base for name in models for base in self.index.bases(name))})

    def _rows_class(self, facts: FunctionFacts) -> bool:
        return facts.full_name.rpartition(".")[0] in self._row_classes

    @cached_property
    def _attributes(self) -> dict[str, set[str]]:
        """The attributes that a function may read on rows: not those of its own object, where
        that is none, nor what it names of modules and classes."""
        found = {}
        for (module, facts), words in zip(self._functions, self._words, strict=True):
            known = module.imports.keys() | module.classes.keys()
            if facts.owner is not None and not self._rows_class(facts):
                known = known | {"self", "cls"}
            found[facts.full_name] = {
                part
                for word in words
                for parts in (word.split("."),)
                for part in parts[2 if parts[0] in known else 1 :]
            }
        return found

    @cached_property
    def _words(self) -> list[set[str]]:
        found = []
        for _, facts in self._functions:
            text, span = self.program.source(facts.place.path).text, facts.place.span
            found.append(set(_DOTTED.findall(text, span.start, span.end)))
        return found

    def mentions(self, facts: FunctionFacts) -> Mentions:
        """The functions outside of tests that may call this one."""
        if facts.full_name not in self._mentions:
            self._mentions[facts.full_name] = self._mentioning(facts)
        return self._mentions[facts.full_name]

    def _mentioning(self, facts: FunctionFacts) -> Mentions:
        if facts.owner is not None and facts.name.startswith("__"):
            return self._implicit(facts)
        means = partial(self._means, facts=facts)
        names = (facts.name, *self._aliases.get(facts.name, ()))
        found = {
            caller.full_name: caller
            for name in names
            for module, caller in self._naming.get(name, ())
            if caller.full_name != facts.full_name and self._may_mean(module, caller, facts, name)
        }
        elsewhere = (self._elsewhere(name, means) for name in names)
        return Mentions(tuple(found.values()), next(filter(None, elsewhere), None))

    def only_called(self, facts: FunctionFacts) -> bool:
        """True if the function is handed to nobody, who might look at its parameters."""
        mentions = self.mentions(facts)
        before = r"\." if facts.owner is not None else r"(?<![\w.])"
        handed = re.compile(rf"{before}{facts.name}\b(?!\s*[(=])")
        return mentions.elsewhere is None and not any(
            handed.search(self.program.source(caller.place.path).slice(caller.place.span))
            for caller in mentions.functions
        )

    @cached_property
    def _aliases(self) -> dict[str, set[str]]:
        """Other names that imports give to what has a name."""
        found: dict[str, set[str]] = defaultdict(set)
        for module in self.index.modules.values():
            pairs = [*module.imports.items(), *(item[:2] for item in module.local_imports)]
            for alias, target in pairs:
                name = target.rpartition(".")[2]
                if alias != name:
                    found[name].add(alias)
        return found

    def _implicit(self, facts: FunctionFacts) -> Mentions:
        """The same of a special method, which is not called by its name."""
        owner = facts.full_name.rpartition(".")[0]
        if facts.name not in ("__init__", "__new__"):
            return Mentions((), f"an operator or a builtin, by {facts.qualname}(),")
        made = {
            item.full_name: item.name
            for module in self.index.modules.values()
            for item in module.classes.values()
            if owner in (item.full_name, *self.index.bases(item.full_name))
        }

        def means(full: str | None, parts: int = 1) -> bool:
            return full is None or self.index.canonical(full) in made

        names = set(made.values())
        names |= {alias for name in made.values() for alias in self._aliases.get(name, ())}
        callers = {
            caller.full_name: caller
            for name in names
            for module, caller in self._naming.get(name, ())
            if means(self.index.resolve_local(module, name))
        }
        found = (self._elsewhere(name, means) for name in sorted(names))
        return Mentions(tuple(callers.values()), next(filter(None, found), None))

    @cached_property
    def _naming(self) -> dict[str, list[tuple[ModuleFacts, FunctionFacts]]]:
        """The functions in which a name occurs."""
        found: dict[str, list[tuple[ModuleFacts, FunctionFacts]]] = defaultdict(list)
        for (module, facts), words in zip(self._functions, self._words, strict=True):
            for part in {part for word in words for part in word.split(".")}:
                found[part].append((module, facts))
        return found

    def _may_mean(
        self, module: ModuleFacts, caller: FunctionFacts, facts: FunctionFacts, name: str
    ) -> bool:
        """False if every mention of `name` in `caller` is known to mean something else."""
        text = self.program.source(caller.place.path).text
        span = caller.place.span
        if facts.owner is not None and _by_text(text[span.start : span.end], name):
            return True
        for word in set(_DOTTED.findall(text, span.start, span.end)):
            parts = word.split(".")
            if name not in parts:
                continue
            word = ".".join(parts[: parts.index(name) + 1])
            if word == name == caller.name:
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
        if facts.owner is None or parts < 2:
            return False
        return full is None or self.index.value(full.rpartition(".")[0]) is not None

    def _elsewhere(self, name: str, means: Callable[[str | None, int], bool]) -> str | None:
        """A file that names the function outside of its functions, or that was not analysed."""
        for source in self.program.files():
            if name.encode() not in source.data or TESTS.search(str(source.path)):
                continue
            module = self.index.by_path.get(source.path)
            found = self._loose(source.path, module is not None).get(name, ())
            if module is None and found:
                return source.path.name
            for dotted in found:
                full = self.index.resolve_local(module, dotted) if module and dotted else None
                if means(full, 1 + dotted.count(".")):
                    return f"{source.path.name}, outside of its functions,"
        return None

    def _loose(self, path: Path, analysed: bool) -> Mapping[str, set[str]]:
        """The dotted names that a file reads outside of functions, by their last part; those of
        a file that was not analysed wherever they stand."""
        if path not in self._names:
            self._names[path] = loose_names(self.program.trees(path), analysed)
        return self._names[path]

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


def _by_text(text: str, name: str) -> bool:
    """True for code that may reach an attribute of this name by `getattr()` or its like."""
    looks = "getattr" in text or "methodcaller" in text or "attrgetter" in text
    return looks and (f'"{name}"' in text or f"'{name}'" in text)


def is_test(module: ModuleFacts) -> bool:
    """True for a file of tests."""
    return bool(TESTS.search(str(module.path)))
