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

from codemods.facts.symbols import Name, Pairs
from codemods.orm import ports
from codemods.orm.path_operations import may_render
from codemods.project.model import is_special

if TYPE_CHECKING:
    from pathlib import Path

    from codemods.facts.values import FunctionFacts, ModuleFacts
    from codemods.orm.frames import Program

# A name of more methods than these says nothing where the module does not know their classes.
_MANY = 2
_ASSIGNING = re.compile(r"^[ \t]+\w+(\.\w+)+[ \t]*(?::[^=\n]*)?[-+*/|&]?=(?!=)", re.MULTILINE)
_SETTING = frozenset({"setattr", "delattr", "vars", "__dict__", "__setattr__"})
_WRITING = frozenset({"add", "add_all", "delete", "merge"})
# A unit of work holds its repositories, a service the unit of work.
_STEPS = 2
_CLASS = re.compile(r"\b[A-Z]\w*")


class Reach:
    """What the functions of a project reach.

    Args:
        program: the code of the project's functions.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.index = program.index
        self._functions = program.words.functions
        self._words = program.words.of_each
        self._known: dict[str, frozenset[str]] = {}
        self._kept: dict[str, frozenset[str]] = {}

    @cached_property
    def roots(self) -> frozenset[str]:
        """The full names of functions that bring together what several functions do."""
        # in async code a relationship that one row loads is worth a look
        waiting = {facts.full_name for _, facts in self._functions if facts.is_async}
        reaching = [set(self.querying), set(self._reading), self._reaching(2) | waiting]
        everything = reaching[0] & reaching[1] & reaching[2]
        together = {name for name in everything if self._brings_together(name, reaching)}
        return frozenset(together | self._asking_in_loops | self._having_added)

    @cached_property
    def _having_added(self) -> set[str]:
        """Functions that call one which may send a query and one which may add up what it finds."""
        adding = {
            facts.full_name
            for (_, facts), words in zip(self._functions, self._words, strict=True)
            if "sum" in words and facts.has_loop and facts.full_name not in self.querying
        }
        return {
            name
            for name, called in self._calls.items()
            if not adding.isdisjoint(called) and not self.querying.isdisjoint(called)
        }

    @cached_property
    def _asking_in_loops(self) -> set[str]:
        """Functions with a loop that call one that may send a query."""
        return {
            name
            for name, (_, _, loops) in self._own.items()
            if loops and any(c in self.querying for c in self._calls[name] if c != name)
        }

    @cached_property
    def querying(self) -> frozenset[str]:
        """The full names of functions that may send a query."""
        return frozenset(self._reaching(0))

    @cached_property
    def making(self) -> frozenset[str]:
        """The full names of functions that may give an object whose methods send queries, or give
        such an object: they reach its constructor."""
        made: set[str] = set()
        asking = {name.rpartition(".")[0] for name in self.querying}
        while True:
            makers = {
                name
                for name, called in self._calls.items()
                if any(c.endswith(".__init__") and c.rpartition(".")[0] in asking for c in called)
            }
            found = self._above(makers)
            if found == made:
                return frozenset(made)
            made = found
            asking |= {name.rpartition(".")[0] for name in made}

    @cached_property
    def writing(self) -> frozenset[str]:
        """The full names of functions that may hand objects to a session."""
        pairs = zip(self._functions, self._words, strict=True)
        return frozenset(self._above({
            facts.full_name
            for (_, facts), words in pairs
            if any(word.rpartition(".")[2] in _WRITING and "." in word for word in words)
        }))  # fmt: skip

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

    def callers_of(self, names: Iterable[str]) -> set[str]:
        """These functions and all that reach one of them, by full name."""
        return self._above(set(names))

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
            reads = facts.full_name in self._by_name or not self._telling.isdisjoint(
                self._attributes[facts.full_name]
            )
            found[facts.full_name] = (
                facts.query_calls > 0, reads or renders, facts.has_loop or renders,
            )  # fmt: skip
        return found

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
            if facts.owner is not None and not is_special(facts.name)
            and self._rows_class(facts)
        }  # fmt: skip
        size = -1
        while len(found) != size:
            size = len(found)
            found |= {
                name
                for full_name, name in waiting.items()
                if full_name in self._by_name or not found.isdisjoint(self._attributes[full_name])
            }
        return frozenset(found)

    @cached_property
    def _by_name(self) -> frozenset[str]:
        """The full names of functions that read attributes by names which they do not spell."""
        pairs = zip(self._functions, self._words, strict=True)
        return frozenset(facts.full_name for (_, facts), words in pairs if "getattr" in words)

    @cached_property
    def setting(self) -> frozenset[str]:
        """The full names of functions that may change what an object holds."""
        return frozenset(self._above(set(self._setting())))

    def _setting(self) -> Iterator[str]:
        for (_, facts), words in zip(self._functions, self._words, strict=True):
            source, span = self.program.source(facts.place.path), facts.place.span
            by_name = any(not _SETTING.isdisjoint(word.split(".")) for word in words)
            if by_name or _ASSIGNING.search(source.text, span.start, span.end):
                yield facts.full_name

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
            if first in ("self", "cls") and facts.owner and rest:
                own, _, further = rest.partition(".")
                found = self.index.function(f"{module.module}.{facts.owner}.{own}")
                if found is not None:
                    yield found.full_name
                if not further:
                    continue
            listed = first in known or bool(module.star_imports)
            if listed and (full := self._resolved(module, word)) is not None:
                yield full
            elif first in known and not rest:
                yield from self._held_by(module, word)
            elif rest:
                methods = self._methods.get(word.rpartition(".")[2], [])
                if len(methods) > _MANY:
                    near = self._near(module)
                    methods = [name for name in methods if name.rpartition(".")[0] in near]
                yield from methods

    def _held_by(self, module: ModuleFacts, name: str) -> Iterator[str]:
        """The functions in a dict that a module holds, by the name that it has here."""
        full = self.index.resolve_local(module, name)
        value = self.index.value(full) if full is not None else None
        home = self.index.by_path.get(value.place.path) if value is not None else None
        if value is not None and home is not None and isinstance(value.value, Pairs):
            for _, held in value.value.pairs:
                if isinstance(held, Name) and (found := self._resolved(home, held.dotted)):
                    yield found

    def _near(self, module: ModuleFacts) -> frozenset[str]:
        """The classes that a module names, what stands behind them, the classes that these hold,
        and all above them."""
        if module.module not in self._known:
            starred = (self.index.modules.get(name) for name in module.star_imports)
            sources = (module, *(facts for facts in starred if facts is not None))
            known = {item.full_name for facts in sources for item in facts.classes.values()}
            imported = (*module.imports.values(), *(full for _, full, _ in module.local_imports))
            found = (self.index.class_(full) for full in imported)
            known.update(item.full_name for item in found if item is not None)
            for _ in range(_STEPS):
                behind = {ports.behind(self.program, name) for name in known}
                known |= {held for name in behind for held in (name, *self._held(name))}
            above = (base for name in known for base in self.index.bases(name))
            self._known[module.module] = frozenset({*known, *above})
        return self._known[module.module]

    def _held(self, full_name: str) -> frozenset[str]:
        """The classes of which objects are made or kept by those of a class: what it names."""
        if full_name not in self._kept:
            self._kept[full_name] = frozenset(self._classes_named(full_name))
        return self._kept[full_name]

    def _classes_named(self, full_name: str) -> Iterator[str]:
        item = self.index.class_(full_name)
        if item is None or full_name in self.index.models:
            return
        module = self.index.by_path[item.place.path]
        text = self.program.source(item.place.path).slice(item.place.span)
        for word in {*_CLASS.findall(text)}:
            full = self.index.resolve_local(module, word)
            found = self.index.class_(full) if full is not None else None
            if found is not None and found.full_name not in self.index.models:
                yield found.full_name

    def _resolved(self, module: ModuleFacts, word: str) -> str | None:
        """The function that a name means, the constructor of the class, or what is computed on the
        way: `Order.q` of `Order.q.all`."""
        full = self.index.resolve_local(module, word)
        if full is None:
            return None
        found = self.index.function(full)
        if found is None and self.index.class_(full) is not None:
            found = self.index.function(f"{full}.__init__")
        elif found is None:
            found = self._of_its_class(full)
        return found.full_name if found is not None else None

    def _of_its_class(self, full: str) -> FunctionFacts | None:
        """What a mapped class has of this name, or the first part of it, as a class."""
        owner, _, name = full.rpartition(".")
        while owner and self.index.model(owner) is None:
            owner, _, name = owner.rpartition(".")
        if not owner:
            return None
        return self.index.of_metaclass(owner, name) or self.index.function(f"{owner}.{name}")
