"""What classes say in their bodies, read by full names: attributes, options, literal values."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import Binary, Call, Constant, Items, Name, Pairs, Symbol, text_of
from codemods.facts.values import ClassFacts, FunctionFacts, ModuleFacts, ValueFacts
from codemods.orm.synthetic import Writer
from codemods.source import Place, SourceFile, Span

if TYPE_CHECKING:
    from codemods.project.index import ProjectIndex

Source = Callable[[Path], SourceFile]


@dataclass(frozen=True, slots=True)
class Declared:
    """An assignment in a class's body, with what is needed to understand its names."""

    value: ValueFacts
    owner: ClassFacts
    facts: ModuleFacts


class Declarations:
    """Answers for the classes of a project.

    Args:
        index: the linked project.
        source: gives a file of the project; raises KeyError for one that is not.
    """

    def __init__(self, index: ProjectIndex, source: Source) -> None:
        self.index = index
        self._source = source
        self._by_short_name: dict[str, list[str]] | None = None

    # -- names

    def home(self, full_name: str) -> tuple[ModuleFacts, str] | None:
        """The module that has a full name, and the rest of the name."""
        module = full_name
        while module:
            facts = self.index.modules.get(module)
            if facts is not None:
                return facts, full_name[len(module) + 1 :]
            module = module.rpartition(".")[0]
        return None

    def resolve(self, facts: ModuleFacts, dotted: str, inside: str = "") -> str | None:
        """The full name of what is written in a module, or in the body of the class `inside`."""
        first, _, rest = dotted.partition(".")
        while inside:
            qualname = f"{inside}.{first}"
            if qualname in facts.classes:
                full = facts.classes[qualname].full_name
                return f"{full}.{rest}" if rest else full
            inside = inside.rpartition(".")[0]
        return self.index.resolve_local(facts, dotted)

    def class_(self, full_name: str) -> tuple[ClassFacts, ModuleFacts] | None:
        """A class of the project and its module."""
        item = self.index.class_(full_name)
        facts = None if item is None else self.index.by_path.get(item.place.path)
        return None if item is None or facts is None else (item, facts)

    def order(self, full_name: str) -> tuple[str, ...]:
        """The resolution order of a class, itself first."""
        return (self.index.canonical(full_name), *self.index.bases(full_name))

    def named(self, short_name: str, wanted: Callable[[str], bool]) -> str | None:
        """The one class of this name in the whole project that is `wanted`."""
        if self._by_short_name is None:
            self._by_short_name = {}
            for facts in self.index.modules.values():
                for item in facts.classes.values():
                    self._by_short_name.setdefault(item.name, []).append(item.full_name)
        found = [name for name in self._by_short_name.get(short_name, ()) if wanted(name)]
        return found[0] if len(found) == 1 else None

    def alias(self, full_name: str) -> tuple[Symbol, ModuleFacts] | None:
        """What a name is assigned at the top of a module: `Rows = list[Out]`."""
        home = self.home(self.index.canonical(full_name))
        value = None if home is None else home[0].values.get(home[1])
        if home is None or value is None or value.value is None:
            return None
        return value.value, home[0]

    # -- bodies of classes

    def attributes(self, full_name: str) -> Iterator[Declared]:
        """What the bodies of a class and of those above it assign, furthest first."""
        for name in reversed(self.order(full_name)):
            known = self.class_(name) if name else None
            if known is not None:
                for value in known[0].attributes.values():
                    yield Declared(value, *known)

    def option(self, holder: str, name: str) -> tuple[Symbol, ModuleFacts] | None:
        """An option in the body of a class, or in the nearest one above it."""
        for owner in self.order(holder):
            known = self.class_(owner) if owner else None
            if known is not None and name in known[0].attributes:
                value = known[0].attributes[name].value
                return None if value is None else (value, known[1])
        return None

    def inner(self, full_name: str, name: str) -> str | None:
        """The nearest nested class of this name: `class Meta:`."""
        for owner in self.order(full_name):
            if owner and self.index.class_(f"{owner}.{name}") is not None:
                return f"{owner}.{name}"
        return None

    def methods(self, full_name: str) -> Iterator[tuple[FunctionFacts, ClassFacts, ModuleFacts]]:
        """The methods of a class and of those above it; an overridden one is left out."""
        seen: set[str] = set()
        for owner in self.order(full_name):
            known = self.class_(owner) if owner else None
            for name, method in known[0].methods.items() if known else ():
                if known is not None and name not in seen:
                    seen.add(name)
                    yield method, *known

    # -- values

    def strings(self, facts: ModuleFacts, value: Symbol, depth: int = 0) -> frozenset[str] | None:
        """The strings of a literal list, tuple or set, through names and sums of such; None
        where any of it is computed."""
        if depth > 10:
            return None
        if isinstance(value, Items):
            texts = [text_of(element) for element in value.elements]
            return None if None in texts else frozenset(text for text in texts if text is not None)
        if isinstance(value, Binary) and value.operator in ("Add", "BitOr"):
            left = self.strings(facts, value.left, depth + 1)
            right = self.strings(facts, value.right, depth + 1)
            return None if left is None or right is None else left | right
        if isinstance(value, Call) and value.func in ("set", "frozenset", "tuple", "list"):
            if not value.arguments and not value.keywords:
                return frozenset()
            return self.strings(facts, value.arguments[0], depth + 1) if value.arguments else None
        if isinstance(value, Name):
            return self._named_strings(facts, value.dotted, depth)
        return None

    def _named_strings(self, facts: ModuleFacts, dotted: str, depth: int) -> frozenset[str] | None:
        full = self.resolve(facts, dotted)
        if full is None:
            return None
        alias = self.alias(full)
        if alias is not None:
            return self.strings(alias[1], alias[0], depth + 1)
        owner, _, name = full.rpartition(".")
        found = self.option(owner, name) if self.index.class_(owner) else None
        return None if found is None else self.strings(found[1], found[0], depth + 1)

    # -- code

    def text(self, place: Place) -> str | None:
        """The code at a place, None where its file is not at hand."""
        try:
            return self._source(place.path).slice(place.span)
        except KeyError:
            return None

    def place(self, facts: ModuleFacts, node: ast.expr) -> Place:
        """Where a node of a module's tree is written."""
        return self._source(facts.path).place(node)

    def lambda_of(
        self, place: Place, callee: str, position: int, name: str
    ) -> tuple[ast.Lambda, Callable[[ast.AST], Place]] | None:
        """The lambda that is an argument of the first call of `callee` in a statement, and what
        tells where its nodes were written."""
        code = self._statement(place)
        for node in walk(code.tree) if code else ():
            if not isinstance(node, ast.Call) or _tail(node.func) != callee:
                continue
            given = {word.arg: word.value for word in node.keywords}
            value = node.args[position] if position < len(node.args) else given.get(name)
            if code is not None and isinstance(value, ast.Lambda):
                return value, code.place
        return None

    def _statement(self, place: Place) -> _Statement | None:
        try:
            return _Statement(self._source(place.path), place)
        except (KeyError, SyntaxError, ValueError):
            return None

    def inlined(
        self,
        writer: Writer,
        node: ast.Lambda,
        argument: str,
        facts: ModuleFacts,
        inside: str,
        place: Callable[[ast.AST], Place],
    ) -> ast.expr | None:
        """The body of a lambda of one parameter, as it is for the value in `argument`."""
        parameters = [*node.args.posonlyargs, *node.args.args]
        if not parameters or len(parameters) - len(node.args.defaults) > 1:
            return None
        names_in = [item for item in walk(node.body) if isinstance(item, ast.Name)]
        bound = {item.id for item in names_in if isinstance(item.ctx, ast.Store)}
        if parameters[0].arg in bound or any(isinstance(n, ast.Lambda) for n in walk(node.body)):
            return None
        body = copy.deepcopy(node.body)
        names = {
            parameters[0].arg: argument,
            **{name: writer.fresh(name) for name in sorted(bound)},
        }
        for old, new in zip(walk(node.body), walk(body), strict=True):
            if isinstance(new, ast.expr):
                writer.places[new] = place(old)
            if isinstance(new, ast.Name):
                if new.id not in names:
                    full = self.resolve(facts, new.id, inside)
                    unknown = full is None or any(new.id == item.arg for item in parameters)
                    named = writer.symbol(full, place(old)) if full and not unknown else None
                    names[new.id] = (
                        named.id if isinstance(named, ast.Name) else writer.fresh(new.id)
                    )
                new.id = names[new.id]
        return body


def _tail(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


class _Statement:
    """The tree of one statement of a file, whose lines are parsed alone."""

    def __init__(self, source: SourceFile, place: Place) -> None:
        self._source = source
        self._whole = place
        self._first = source.location(place.span.start)
        self.tree = ast.parse(source.slice(place.span))

    @cached_property
    def _indent(self) -> int:
        """The UTF-8 column at which the statement begins."""
        line = self._source.line(self._first.row)
        return len(line[: self._first.column - 1].encode("utf-8"))

    def place(self, node: ast.AST) -> Place:
        """Where a node of the tree is in the file."""
        if not isinstance(node, ast.expr) or node.end_lineno is None or node.end_col_offset is None:
            return self._whole
        start = self._offset(node.lineno, node.col_offset)
        return Place(
            self._whole.path, Span(start, self._offset(node.end_lineno, node.end_col_offset))
        )

    def _offset(self, row: int, column: int) -> int:
        first = self._indent if row == 1 else 0
        return self._source.offset(self._first.row + row - 1, column + first)


def keyword_option(options: Symbol | None, name: str) -> Symbol | None:
    """An option of `ConfigDict(name=…)` or `{"name": …}`."""
    if isinstance(options, Pairs):
        return options.get(name)
    return options.keyword(name) if isinstance(options, Call) else None


def truth(value: Symbol | None, default: bool = False) -> bool | None:
    """A literal's truth, `default` where there is none, None where it is computed."""
    if value is None:
        return default
    return bool(value.value) if isinstance(value, Constant) else None


Bindings = Mapping[str, tuple[Symbol, ModuleFacts]]
