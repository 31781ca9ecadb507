"""One project as it is read: its files, their facts, the index over them, and what rules find."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from codemods.facts.parse import ParseError, parses
from codemods.facts.prefilter import (
    RENDERING,
    Outline,
    imports,
    may_define,
    mentions,
    outline,
    worth_reading,
)
from codemods.facts.read import read_module
from codemods.facts.skim import skim_module
from codemods.finding import Finding, Role
from codemods.project import packages
from codemods.project.discovery import Skipped, generated
from codemods.project.index import ProjectIndex
from codemods.project.module_names import ModuleNames
from codemods.results import Failure, Looked, ScopeKey
from codemods.rule import Rule, for_review
from codemods.selection import Selection
from codemods.settings import Settings
from codemods.source import Place, SourceFile, Span, UndecodableError
from codemods.suppressed import Comments

if TYPE_CHECKING:
    from codemods.facts.functions import Function
    from codemods.facts.values import ModuleFacts
    from codemods.orm.frames import Program
    from codemods.orm.scope import Scope


@dataclass
class Workspace:
    """A project's files in one state.

    Args:
        root: the project's folder, absolute.
        files: every file of the project.
        overlay: bytes that stand for what a file has on disk.
        named: files that are wanted even if a program generated them.
        tick: called once for every file that is read or checked.
        read: gives the content of a file on disk.
    """

    root: Path
    settings: Settings
    files: Iterable[Path]
    overlay: Mapping[Path, bytes] = field(default_factory=dict)
    named: frozenset[Path] = frozenset()
    tick: Callable[[], None] = lambda: None
    read: Callable[[Path], bytes] = Path.read_bytes

    def __post_init__(self) -> None:
        self.skipped: dict[Path, Skipped] = {}
        self.failures: dict[Path, Failure] = {}
        self.lines = 0
        self._sources: dict[Path, SourceFile] = {}
        self._facts: dict[Path, ModuleFacts] = {}
        # Functions to look at again. Whoever takes them is to free them.
        self._nodes: dict[Path, dict[str, Function]] = {}
        self._modules = ModuleNames(self.root, self.files, self._bytes)
        self._names = self._modules.of
        self._unread: dict[Path, SourceFile] = {}
        self._outlines: dict[Path, Outline] = {}
        self._comments = Comments(self.source, self._sources)
        for path in self._names:
            self.tick()
            self._load(path)
        self._read_what_matters()

    def __contains__(self, path: Path) -> bool:
        return path in self._names

    def source(self, path: Path) -> SourceFile:
        """The file as it was when the project was read, or as `update` made it; or a template.

        Raises:
            KeyError: for a file that is not the project's.
        """
        if path not in self._sources and (found := self._template(path)) is not None:
            return found
        return self._sources[path]

    def facts(self, path: Path) -> ModuleFacts | None:
        """What a file says by itself; None for one that does not parse, or does not matter."""
        return self._facts.get(path)

    def _template(self, path: Path) -> SourceFile | None:
        from codemods.orm import rendered_templates

        return rendered_templates.of(self.program).files.source(path)

    def mentioned(self, findings: Iterable[Finding]) -> dict[Path, SourceFile]:
        """The files in which the findings' places lie, and those that the overlay holds."""
        paths = {place.path for finding in findings for place in finding.places}
        paths |= set(self.overlay)
        return {path: self._sources[path] for path in paths if path in self._sources}

    def skipped_among(self, paths: Iterable[Path]) -> tuple[Skipped, ...]:
        """Those of the files that could not be analysed."""
        skipped = (self.skipped[path] for path in paths if path in self.skipped)
        return tuple(replace(item, named=item.path in self.named) for item in skipped)

    @cached_property
    def index(self) -> ProjectIndex:
        return ProjectIndex.build(self.root, self.settings, self._facts.values())

    @cached_property
    def program(self) -> Program:
        """The code of the index's functions, for rules to look at."""
        from codemods.orm.frames import Program

        program = Program(
            self.index,
            self.source,
            lambda: self._sources.values(),
            lambda path: self._nodes.pop(path, {}),
        )
        program.overlay = self.overlay
        return program

    def link(self) -> None:
        """Work out what the files say together, which is else done when it is asked for."""
        _ = self.index.models, self.index.factories

    def update(self, changed: Mapping[Path, bytes]) -> None:
        """Take in new content of files that the project has."""
        for path, data in changed.items():
            self._sources[path] = SourceFile(path, data)
            self.skipped.pop(path, None)
            self.failures.pop(path, None)
            self._comments.forget(path)
            self._facts.pop(path, None)
            self._nodes.pop(path, None)
            self._read(path)
        self._forget()
        self._read_what_matters()

    def _forget(self) -> None:
        """Link anew what is asked for next."""
        self.__dict__.pop("index", None)
        self.__dict__.pop("program", None)

    def findings(self, path: Path, selection: Selection) -> tuple[list[Finding], list[Failure]]:
        """What the selected rules find in a file, without what its author suppressed."""
        found: list[Finding] = []
        failures: list[Failure] = []
        for looked in self.found_in(path, selection).values():
            found += looked.findings
            failures += looked.failures
        return found, failures

    def found_in(
        self, path: Path, selection: Selection, wanted: Container[ScopeKey] | None = None
    ) -> dict[ScopeKey, Looked]:
        """The same by function, of all or of those that are wanted; None has the file's faults."""
        facts = self._facts.get(path)
        rules = [rule for rule in selection.rules(path) if not rule.over_models]
        if facts is None or not rules:
            return {}
        from codemods.orm.inherited import every_scope

        made: dict[ScopeKey, Looked] = {}
        try:
            for scope in every_scope(self.program, facts):
                if wanted is None or scope.key in wanted:
                    made[scope.key] = _looked(scope, rules, path)
        except Exception as error:
            made.setdefault(None, Looked()).failures.append(_crash(path, error))
        if any(looked.findings for looked in made.values()) and not self._parses(path, facts):
            return {}
        for looked in made.values():
            looked.findings = self._kept(looked.findings)
        return made

    def declared(self, selection: Selection) -> tuple[list[Finding], list[Failure]]:
        """What the selected rules over models find, wherever the classes are declared."""
        from codemods.orm.declaration import declarations

        found: list[Finding] = []
        failures: dict[str, Failure] = {}
        for declaration in declarations(self.program):
            path = declaration.path
            for rule in selection.rules(path):
                if rule.over_models and rule.name not in failures:
                    try:
                        found.extend(for_review(rule, f) for f in rule.find(declaration))
                    except Exception as error:
                        failures[rule.name] = _crash(path, error, rule.name)
        return self._kept(found), list(failures.values())

    def _kept(self, findings: Iterable[Finding]) -> list[Finding]:
        return [self._modules.as_written(f) for f in findings if not self._comments.suppress(f)]

    def scopes(self, path: Path) -> Iterator[Scope]:
        """The functions of a file in which a finding is possible, as the rules looked at them."""
        from codemods.orm.scope import scopes

        facts = self._facts.get(path)
        if facts is not None:
            yield from scopes(self.program, facts)

    def looked_at(self, reported: Iterable[Path]) -> list[Path]:
        """The files whose functions have to be looked at for what concerns some files: these,
        and those that reach a function of theirs."""
        wanted = list(reported)
        if len(set(wanted)) >= len(self._names):
            return wanted
        return [*wanted, *sorted(self.program.reach.leading_to(wanted) - set(wanted))]

    def _parses(self, path: Path, facts: ModuleFacts) -> bool:
        """False for a file with a mistake in a function that had not been parsed."""
        if all(function.parsed for function in facts.functions.values()):
            return True
        try:
            return bool(self.program.trees(path).whole)
        except ParseError as error:
            self.skipped[path] = _unparsed(self._sources[path], error)
            return False

    def _bytes(self, path: Path) -> bytes:
        return self.overlay[path] if path in self.overlay else _contents(path)

    def _load(self, path: Path) -> None:
        try:
            data = self._bytes(path)
        except OSError as error:
            self.skipped[path] = Skipped(path, f"cannot be read: {error.strerror or error}")
            self._sources[path] = SourceFile(path, b"")
            return
        if path not in self.named and generated(data):
            return
        self.lines += data.count(b"\n")
        source = self._sources[path] = SourceFile(path, data)
        asked = path in self.named and path not in self.overlay
        if worth_reading(data, path.name) or (asked and not parses(source)):
            self._read(path)
        else:
            self._unread[path] = source

    def _read(self, path: Path) -> None:
        source = self._sources[path]
        self._unread.pop(path, None)
        self._outlines.pop(path, None)
        try:
            if path in self.named:
                facts = read_module(source, *self._names[path])
            else:
                facts, self._nodes[path] = skim_module(source, *self._names[path])
            self._facts[path] = self._modules.told(facts)
        except ParseError as error:
            self.skipped[path] = _unparsed(source, error)
        except Exception as error:
            self.skipped[path] = Skipped(path, f"minusn failed here: {_told(error)}")
            self.failures[path] = _crash(path, error)

    def _read_what_matters(self) -> None:
        """Read the files, too, that only others make interesting: helpers and base classes."""
        self._read_stubs()
        by_name = {self._names[path][0]: path for path in self._unread}
        while self._unread:
            missing: dict[str, set[str]] = {}
            for name in self.index.missing_modules():
                module, _, last = name.rpartition(".")
                missing.setdefault(name, set())
                missing.setdefault(module, set()).add(last)
            bases = self.index.base_names
            wanted = {
                path
                for name, names in missing.items()
                if (path := by_name.get(name)) in self._unread
                and may_define(self._outline(path), names, bases)
            }
            wanted = wanted or self._concerned()
            if not wanted:
                return
            for path in sorted(wanted):
                self._read(path)
            self._forget()

    def _read_stubs(self) -> None:
        """Take in what is known of the packages that the project's models come from."""
        while True:
            missing = [
                (name, path)
                for name, path in packages.stubs(self.index.missing_modules())
                if path not in self._facts
            ]
            if not missing:
                return
            for name, path in missing:
                source = self._sources[path] = SourceFile(path, path.read_bytes())
                self._facts[path] = read_module(source, name, False)
            self._forget()

    def _concerned(self) -> set[Path]:
        """Unread files that call a function with a summary, or define one that is called; those
        that render templates for others; and those from which a file with queries has a name."""
        index = self.index
        words = {name.encode() for name in index.telling_names} | RENDERING
        imported = _imported(self._facts.values())
        used = _imported(facts for facts in self._facts.values() if facts.relevant)
        wanted = set()
        for path, source in self._unread.items():
            module, is_package = self._names[path]
            defines = (f"{module}.{name.decode()}" for name in self._outline(path).defined)
            if module in used or (
                (
                    module in imported
                    or not imported.isdisjoint(defines)
                    or any(
                        self._modules.full(path, name) in index.modules
                        for name in imports(source.data, module, is_package)
                    )
                )
                and mentions(source.data, words)
            ):
                wanted.add(path)
        return wanted

    def _outline(self, path: Path) -> Outline:
        if path not in self._outlines:
            self._outlines[path] = outline(self._unread[path].data)
        return self._outlines[path]


def _looked(scope: Scope, rules: Iterable[Rule], path: Path) -> Looked:
    """What rules find in one function."""
    start, looked = time.thread_time(), Looked()
    for rule in rules:
        try:
            looked.findings.extend(for_review(rule, f) for f in scope.told(rule.find(scope)))
        except Exception as error:
            looked.failures.append(_crash(path, error, rule.name))
    looked.seconds = time.thread_time() - start
    return looked


def _imported(modules: Iterable[ModuleFacts]) -> set[str]:
    """The full names of what modules import, in functions too, and of the modules it is from."""
    found: set[str] = set()
    for facts in modules:
        found.update(facts.imports.values(), facts.origins.values())
        found.update(name for _, *names in facts.local_imports for name in names)
    return found


def _contents(path: Path) -> bytes:
    """The bytes of a file; to read a pipe would be to wait for its other end."""
    if path.exists() and not path.is_file():
        raise OSError("it is not a regular file")
    return path.read_bytes()


def concerns(finding: Finding, reported: Set[Path]) -> bool:
    """True if a finding has an end in one of these files: the use, the query, the loop, a call."""
    return finding.place.path in reported or any(
        note.place.path in reported for note in finding.related if note.role is not Role.MODEL
    )


def _unparsed(source: SourceFile, error: ParseError) -> Skipped:
    reason = f"it does not parse: {error.message}"
    if error.newer:
        reason = (
            f"it has syntax of Python {error.newer}: run minusn under Python {error.newer} or newer"
        )
    try:
        start = source.line_start(error.row) + error.column - 1
        offset = min(start, len(source.text))
    except UndecodableError:
        return Skipped(source.path, f"it cannot be decoded: {error.message}")
    return Skipped(source.path, reason, Place(source.path, Span(offset, offset)))


def _crash(path: Path, error: Exception, rule: str | None = None) -> Failure:
    """A fault of ours, with the line of our code that it came from."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    where = ""
    if step is not None:
        where = f" ({Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno})"
    return Failure(path, f"{_told(error)}{where}", rule)


def _told(error: Exception) -> str:
    text = str(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
