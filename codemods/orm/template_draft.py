"""The function of a template while it is written: its places, its variables, its files."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from codemods.facts.templates import ParsedTemplate
from codemods.orm.template_names import Local, Lost, MacroName, ModuleName, Scope
from codemods.source import Place, Span

# A template that is included in itself is followed once more, which shows what it reads below.
_DEEPEST = 2
_BUDGET = 20_000

# The names that a template can have without being given them, and that hold neither rows nor
# a session of the database: Flask's, Starlette's and Pyramid's.
_FUNCTIONS = ("filter ", "test ")
DATA_NAMES = frozenset({"request", "session", "config", "static_url", "req"})


class Spots:
    """Finds the text of a node in its line: jinja2 knows no columns."""

    def __init__(self, parsed: ParsedTemplate) -> None:
        self.source = parsed.source
        self._found: dict[tuple[Any, str], Span] = {}
        self._passed: dict[tuple[int, str, bool], int] = {}

    def place(self, node: Any, text: str | None = None, member: bool = False) -> Place:
        """Where `text` stands for `node`; its line where it does not stand there.

        Args:
            member: True for what comes after a dot or in quotes.
        """
        key = node, f"{text}{member}"
        if key not in self._found:
            self._found[key] = self._search(node.lineno, text, member)
        return Place(self.source.path, self._found[key])

    def _search(self, row: int, text: str | None, member: bool) -> Span:
        row = min(max(row, 1), self.source.rows)
        for near in (row, row + 1) if text else ():
            if near <= self.source.rows and (span := self._in_line(near, text or "", member)):
                return span
        line, start = self.source.line(row), self.source.line_start(row)
        left = len(line) - len(line.lstrip())
        return Span(start + left, start + max(len(line.rstrip()), left))

    def _in_line(self, row: int, text: str, member: bool) -> Span | None:
        before = r"(?:^\s*|[.'\"\[,|]\s*)" if member else r"(?<![\w.])"
        written = re.compile(rf"{before}({re.escape(text)})(?!\w)")
        found = list(written.finditer(self.source.line(row)))
        if not found:
            return None
        key = row, text, member
        number = self._passed.get(key, 0)
        self._passed[key] = number + 1
        match = found[min(number, len(found) - 1)]
        start = self.source.line_start(row)
        return Span(start + match.start(1), start + match.end(1))


@dataclass(frozen=True, eq=False)
class Version:
    """One template's own form of a block."""

    node: Any
    template: ParsedTemplate


@dataclass(eq=False)
class Draft:
    """What is known while a template is turned into a function.

    Args:
        find: gives the template of a name, None where it is not known.
        given: the names that the context is known to have.
        symbols: see `Renderer.names`; the names of filters, tests and globals begin with what
            they are: `filter money`. An unknown filter is called as it is named.
    """

    find: Callable[[str], ParsedTemplate | None]
    given: frozenset[str]
    symbols: dict[str, str]
    places: dict[ast.AST, Place] = field(default_factory=dict)
    locals: list[Local] = field(default_factory=list)
    parameters: dict[str, Local] = field(default_factory=dict)
    blocks: dict[str, list[Version]] = field(default_factory=dict)
    inside: list[tuple[str, int]] = field(default_factory=list)
    rebound: list[dict[Local, None]] = field(default_factory=list)
    guarded: set[ast.AST] = field(default_factory=set)
    texts: set[ast.AST] = field(default_factory=set)
    macros: dict[tuple[Any, Scope], MacroName] = field(default_factory=dict)
    top: Scope = field(default_factory=Scope)
    muted: bool = False
    made: int = 0
    lazy: list[tuple[Local, ast.Assign]] = field(default_factory=list)
    modules: dict[ParsedTemplate, Scope] = field(default_factory=dict)
    preamble: list[ast.stmt] = field(default_factory=list)
    builtins: list[ast.Name] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._spots: dict[ParsedTemplate, Spots] = {}
        self._open: list[ParsedTemplate] = []

    # -- places

    @property
    def template(self) -> ParsedTemplate:
        return self._open[-1]

    @contextmanager
    def reading(self, template: ParsedTemplate) -> Iterator[bool]:
        """Nodes that are made inside come from this template; False if it must not be followed."""
        again = sum(item.source.path == template.source.path for item in self._open)
        self._open.append(template)
        try:
            yield again < _DEEPEST and self.made < _BUDGET
        finally:
            self._open.pop()

    def place(self, node: Any, text: str | None = None, member: bool = False) -> Place:
        template = self.template
        if template.place is not None and template.offset is None:
            return template.place
        if template not in self._spots:
            self._spots[template] = Spots(template)
        found = self._spots[template].place(node, text, member)
        if template.offset is None:
            return found
        start = template.offset
        return Place(found.path, Span(found.span.start + start, found.span.end + start))

    def at(self, made: ast.expr, node: Any, text: str | None = None) -> ast.expr:
        """Remember that `made` stands for the jinja2 node, whose text shows it."""
        self.made += 1
        self.places[made] = self.place(node, text)
        return made

    def line(self, made: ast.stmt, node: Any) -> ast.stmt:
        self.made += 1
        self.places[made] = self.place(node)
        return made

    # -- names

    def bind(self, scope: Scope, name: str) -> Local:
        local = scope.bind(name)
        self.locals.append(local)
        return local

    def temporary(self, name: str = "item") -> Local:
        """A variable that no template can name."""
        local = Local(name, 1, unique=True)
        self.locals.append(local)
        return local

    def store(self, scope: Scope, name: str) -> Local:
        """The variable that `{% set name = … %}` assigns in this scope."""
        found = scope.names.get(name)
        if isinstance(found, Local):
            return found
        if scope.context:
            local = self.bind(scope, name)
            if scope.conditional:
                self.parameters[name] = local
            return local
        before = self.value_of(scope, name) if scope.conditional else None
        local = self.bind(scope, name)
        if before is not None:
            # In the next iteration, a name that is set under a condition is unset again.
            scope.prelude.append(ast.Assign([local.store()], before))
        return local

    def value_of(self, scope: Scope, name: str) -> ast.expr:
        """What a name is at this point."""
        match scope.find(name):
            case Local() as local:
                return local.load()
            case Lost(what=what):
                return self.unknown(what)
            case ModuleName(template=template):
                return self.unknown(f"template {template}")
            case MacroName(function=function):
                return function.load()
            case None:
                return self._free(scope, name)
        return ast.JoinedStr([])

    def _free(self, scope: Scope, name: str) -> ast.expr:
        if name in DATA_NAMES and name not in self.given:
            return ast.JoinedStr([])
        root = scope.root
        if not root.context:
            return self.unknown(f"global {name}")
        local = self.bind(root, name)
        self.parameters[name] = local
        return local.load()

    def unknown(self, what: str) -> ast.Name:
        """A value of which nothing is known, unless `symbols` knows what it stands for."""
        if what.startswith(_FUNCTIONS):
            # It holds no row, so that it can only reach what it is handed.
            self.symbols.setdefault(what, what)
        return ast.Name(what, ast.Load())

    def builtin(self, name: str) -> ast.Name:
        """A builtin of Python, whatever the template may call so."""
        self.builtins.append(ast.Name(name, ast.Load()))
        return self.builtins[-1]

    def assigning(self, local: Local, scope: Scope) -> None:
        """Note that a nested function assigns a variable of one around it."""
        if local.owner < scope.depth:
            self.rebound[-1][local] = None

    @contextmanager
    def function(self, body: list[ast.stmt]) -> Iterator[None]:
        """The statements that are written inside are the body of a nested function."""
        self.rebound.append({})
        muted, self.muted = self.muted, False
        try:
            yield
        finally:
            self.muted = muted
            rebound = self.rebound.pop()
        for local in rebound:
            declared = ast.Nonlocal([])
            local.setters.append(declared.names.append)
            body.insert(0, declared)


# Small expressions -----------------------------------------------------------------------------


def text(value: ast.expr) -> ast.expr:
    """`value` as text, which calls the `__str__` of a row."""
    value = unconsumed(value)
    if isinstance(value, ast.Constant):
        return value
    return ast.JoinedStr([ast.FormattedValue(value, -1, None)])


def unconsumed(value: ast.expr) -> ast.expr:
    """What is evaluated of `value` where nobody goes through it: a lazy filter reads no item."""
    while isinstance(value, ast.GeneratorExp):
        value = value.generators[0].iter
    return value


def data(values: Sequence[ast.expr] = ()) -> ast.expr:
    """Something that is neither row nor constant, after the values have been evaluated."""
    if not values:
        return ast.JoinedStr([])
    whole = ast.Tuple(list(values), ast.Load())
    return ast.Compare(whole, [ast.NotEq()], [ast.Tuple([], ast.Load())])


def after(first: Sequence[ast.expr], value: ast.expr) -> ast.expr:
    """`value`, once the others have been evaluated."""
    wanted = [item for item in first if not isinstance(item, ast.Constant)]
    if not wanted:
        return value
    whole = ast.Tuple([*wanted, value], ast.Load())
    return ast.Subscript(whole, ast.Constant(len(wanted)), ast.Load())
