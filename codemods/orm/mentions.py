"""The functions of a project, the words in them, and who names a function.

What calls a function is told from names alone: a finding that holds for all callers has to know of
everyone who may be one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from codemods.orm.loose_names import loose_names

if TYPE_CHECKING:
    from pathlib import Path

    from codemods.facts.values import FunctionFacts, ModuleFacts
    from codemods.orm.frames import Program
    from codemods.source import SourceFile

# A name with a dot before it is an attribute of something that has no name.
_DOTTED = re.compile(r"\.?[A-Za-z_][\w.]*")
_WORD = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*")
_TESTS = re.compile(r"(^|/)(tests?|testing)/|(^|/)(test_[^/]*|conftest)\.py$")


def is_test(module: ModuleFacts, root: Path) -> bool:
    """True for a file of tests.

    Args:
        root: the project's folder, which may itself lie in one that is called `tests`.
    """
    return among_tests(module.path, root)


@lru_cache(maxsize=4096)
def among_tests(path: Path, root: Path) -> bool:
    """The same for a file's path."""
    below = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return bool(_TESTS.search(below))


def has_tests(module: ModuleFacts, root: Path) -> bool:
    """True for a file of tests that has one, or that lies among them.

    A service that is about tests may be called `test_service.py`.
    """
    if not module.path.name.startswith("test_"):
        return is_test(module, root)
    return any(f.name.startswith("test") for f in module.functions.values()) or among_tests(
        module.path.parent / "any.py", root
    )


@dataclass(frozen=True)
class Mentions:
    """Who may call a function. `elsewhere` is a file that names it where no function does, or one
    of which nothing is known."""

    functions: tuple[FunctionFacts, ...]
    elsewhere: str | None = None


class Words:
    """What the functions of a project name, tests aside.

    Args:
        program: the code of the project's functions.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.index = program.index
        self._mentions: dict[str, Mentions] = {}
        self._names: dict[Path, Mapping[str, set[str]]] = {}

    @cached_property
    def functions(self) -> tuple[tuple[ModuleFacts, FunctionFacts], ...]:
        """The functions, each with its module."""
        return tuple(
            (module, facts)
            for module in self.index.modules.values()
            if not is_test(module, self.index.root)
            for facts in module.functions.values()
        )

    @cached_property
    def of_each(self) -> list[set[str]]:
        """The dotted names in each of `functions`."""
        found = []
        for _, facts in self.functions:
            text, span = self.program.source(facts.place.path).text, facts.place.span
            found.append(set(_DOTTED.findall(text, span.start, span.end)))
        return found

    @cached_property
    def _words_of(self) -> dict[str, set[str]]:
        pairs = zip(self.functions, self.of_each, strict=True)
        return {facts.full_name: words for (_, facts), words in pairs}

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

    def called_so(self, facts: FunctionFacts, name: str) -> bool:
        """True if this is what calls of the function say: its name, or what an import calls it."""
        return name == facts.name or name in self._aliases.get(facts.name, ())

    def only_called(self, facts: FunctionFacts) -> bool:
        """True if the function is handed to nobody, who might look at its parameters."""
        mentions = self.mentions(facts)
        before = r"\." if facts.owner is not None else r"(?<![\w.])"
        names = "|".join((facts.name, *sorted(self._aliases.get(facts.name, ()))))
        handed = re.compile(rf"{before}(?:{names})\b(?!\s*[(=])")
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

    def having(self, *names: str) -> Iterator[tuple[ModuleFacts, FunctionFacts]]:
        """The functions in which one of these words occurs, each once."""
        found = (pair for name in names for pair in self._naming.get(name, ()))
        yield from {facts.full_name: (module, facts) for module, facts in found}.values()

    @cached_property
    def _naming(self) -> dict[str, list[tuple[ModuleFacts, FunctionFacts]]]:
        """The functions in which a name occurs."""
        found: dict[str, list[tuple[ModuleFacts, FunctionFacts]]] = defaultdict(list)
        for (module, facts), words in zip(self.functions, self.of_each, strict=True):
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
        for word in self._words_of[caller.full_name]:
            if name not in word or name not in (parts := word.split(".")):
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
        holder = full.rpartition(".")[0] if full is not None else ""
        of_class = self.index.class_(holder.rpartition(".")[0]) is not None  # Order.query
        return full is None or of_class or self.index.value(holder) is not None

    def _elsewhere(self, name: str, means: Callable[[str | None, int], bool]) -> str | None:
        """A file that names the function outside of its functions, or that was not analysed."""
        for source in self._files_with.get(name.encode(), ()):
            module = self.index.by_path.get(source.path)
            found = self._loose(source.path, module is not None).get(name, ())
            if module is None and found:
                return source.path.name
            for dotted in found:
                full = self.index.resolve_local(module, dotted) if module and dotted else None
                if means(full, 1 + dotted.count(".")):
                    return f"{source.path.name}, outside of its functions,"
        return None

    @cached_property
    def _files_with(self) -> dict[bytes, list[SourceFile]]:
        """The files outside of tests in which a word occurs."""
        found: dict[bytes, list[SourceFile]] = defaultdict(list)
        for source in self.program.files():
            if not among_tests(source.path, self.index.root):
                for word in set(_WORD.findall(source.data)):
                    found[word].append(source)
        return found

    def _loose(self, path: Path, analysed: bool) -> Mapping[str, set[str]]:
        """The dotted names that a file reads outside of functions, by their last part; those of
        a file that was not analysed wherever they stand."""
        if path not in self._names:
            self._names[path] = loose_names(self.program.trees(path), analysed)
        return self._names[path]


def _by_text(text: str, name: str) -> bool:
    """True for code that may reach an attribute of this name by `getattr()` or its like."""
    looks = "getattr" in text or "methodcaller" in text or "attrgetter" in text
    return looks and (f'"{name}"' in text or f"'{name}'" in text)
