"""One file's tree to `ModuleFacts`: one hand-written walk, without scopes and types."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import Any

from codemods.facts.functions import (
    Function,
    decorator,
    parameters,
    property_half,
    returned,
    whole_if_needed,
)
from codemods.facts.parse import ParseError, parse
from codemods.facts.prefilter import worth_reading
from codemods.facts.skeleton import Hint, Misread
from codemods.facts.statements import aliases, imported, named, split, strings, targets
from codemods.facts.symbols import Call, Constant, Items, Other, Symbol, dotted_name, symbol
from codemods.facts.values import CallFacts, ClassFacts, FunctionFacts, ModuleFacts, ValueFacts
from codemods.facts.walk import Seen, linked_names, look
from codemods.source import Place, SourceFile, Span

_LINE_END = re.compile(r"[\r\n]")


def read_module(source: SourceFile, module: str, is_package: bool) -> ModuleFacts:
    """What the file says by itself. `module` is its dotted name.

    Raises:
        ParseError: and nothing else, for any bytes.
    """
    tree = parse(source)
    return Reader(source, module, is_package).read(tree)


class _Body:
    """Where statements stand: a module's or a class's body, and what is found in it."""

    __slots__ = ("function", "methods", "owner", "prefix", "seen", "values")

    def __init__(self, prefix: str, owner: str | None, function: str | None) -> None:
        self.prefix = prefix
        self.owner = owner
        self.function = function
        self.values: dict[str, ValueFacts] = {}
        self.methods: dict[str, FunctionFacts] = {}
        self.seen = Seen()


class Reader:
    """Reads one file; the methods fill the dictionaries that become its facts."""

    def __init__(
        self,
        source: SourceFile,
        module: str,
        is_package: bool,
        hints: Mapping[int, Hint] | None = None,
    ) -> None:
        self.hints = dict(hints or {})
        self.nodes: dict[str, Function] = {}
        self.source = source
        self.module = module
        self.is_package = is_package
        self.plain = source.text.isascii()
        self.starts = source.starts
        self.imports: dict[str, str] = {}
        self.origins: dict[str, str] = {}
        self.stars: list[str] = []
        self.local_imports: dict[tuple[str, str, str], None] = {}
        self.exported: list[str] | None = None
        self.classes: dict[str, ClassFacts] = {}
        self.functions: dict[str, FunctionFacts] = {}
        self.calls: list[CallFacts] = []
        self.linked: frozenset[str] = frozenset()

    def read(self, tree: ast.Module) -> ModuleFacts:
        """The facts of the tree.

        Raises:
            ParseError: where it is nested too deeply.
            Misread: where a function that was left out is not where it was taken to be.
        """
        try:
            return self._read(tree)
        except (RecursionError, MemoryError) as error:
            raise ParseError(self.source.path, 1, 1, "the code is nested too deeply") from error

    def _read(self, tree: ast.Module) -> ModuleFacts:
        self.linked = linked_names(aliases(tree))
        body = _Body("", None, None)
        self.statements(tree.body, body)
        if self.hints:
            raise Misread
        self.keep_calls(body.seen, None)
        self.calls.sort(key=lambda item: item.place)
        return ModuleFacts(
            path=self.source.path,
            module=self.module,
            is_package=self.is_package,
            imports=self.imports,
            origins=self.origins,
            star_imports=tuple(self.stars),
            local_imports=tuple(self.local_imports),
            exported=None if self.exported is None else tuple(self.exported),
            classes=self.classes,
            functions=self.functions,
            values=body.values,
            calls=tuple(self.calls),
            has_loop=body.seen.loop,
            query_calls=body.seen.queries,
            relevant=worth_reading(self.source.data, self.source.path.name),
        )

    def place(self, node: Any) -> Place:
        return Place(self.source.path, self.span(node))

    def span(self, node: Any) -> Span:
        if not self.plain:
            return self.source.span(node)
        starts = self.starts
        return Span(
            starts[node.lineno - 1] + node.col_offset,
            starts[node.end_lineno - 1] + node.end_col_offset,
        )

    def text(self, node: ast.expr) -> str:
        """An annotation as it is written, on one line, without the quotes around all of it."""
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        return " ".join(self.source.slice(self.span(node)).split())

    def statements(self, statements: list[ast.stmt], body: _Body) -> None:
        """Read a body; blocks in it belong to it, later branches yield to earlier ones."""
        pending: list[tuple[ast.stmt, bool]] = [(node, False) for node in reversed(statements)]
        while pending:
            node, alternative = pending.pop()
            handler = _STATEMENTS.get(node.__class__)
            if handler is not None:
                handler(self, node, body, alternative)
                continue
            blocks, headers = split(node, alternative)
            body.seen.loop = body.seen.loop or isinstance(node, ast.For | ast.AsyncFor | ast.While)
            self.look(headers, body.seen, body)
            for target in targets(node):
                self.bind(target, Other(node.__class__.__name__), None, node, body, True)
            pending.extend(reversed(blocks))

    def look(self, nodes: list[Any], seen: Seen, body: _Body) -> None:
        def define(node: Any, outer: Seen) -> None:
            self.define(node, body.prefix, body.owner, body.function, outer)

        look(nodes, seen, self.linked, define, self.import_locally)

    def define(
        self, node: Any, prefix: str, owner: str | None, function: str | None, outer: Seen
    ) -> None:
        """A function or class found in a function's body."""
        if isinstance(node, ast.ClassDef):
            inner = self.class_(node, prefix, function)
        else:
            inner = self.function(node, prefix, owner, function)[1]
        outer.include(inner)
        around: list[Any] = [*node.decorator_list]
        if not isinstance(node, ast.ClassDef):
            around += [*node.args.defaults, *node.args.kw_defaults]
        look(around, outer, self.linked, _no_definition, self.import_locally)

    # -- definitions

    def class_(self, node: ast.ClassDef, prefix: str, function: str | None) -> Seen:
        qualname = prefix + node.name
        body = _Body(f"{qualname}.", qualname, function)
        self.statements(node.body, body)
        self.keep_calls(body.seen, function)
        place = self.place(node)
        head = self.source.text[place.span.start : self.span(node.body[0]).start]
        first = _LINE_END.split(head, 1)[0]
        facts = ClassFacts(
            qualname=qualname,
            full_name=f"{self.module}.{qualname}",
            place=place,
            name_place=Place(
                place.path, Span(place.span.start, place.span.start + len(first.rstrip()))
            ),
            bases=tuple([symbol(base) for base in node.bases]),
            keywords=tuple([(word.arg, symbol(word.value)) for word in node.keywords]),
            decorators=tuple([symbol(item) for item in node.decorator_list]),
            attributes=body.values,
            methods=body.methods,
        )
        self.classes[qualname] = facts
        return body.seen

    def function(
        self, node: Function, prefix: str, owner: str | None, function: str | None
    ) -> tuple[FunctionFacts, Seen]:
        qualname = prefix + node.name
        decorations = node.decorator_list
        decorators = tuple([decorator(item) for item in decorations]) if decorations else ()
        if owner is not None and (half := property_half(node.name, decorators)):
            qualname = f"{qualname}.{half}"
        inner_prefix = f"{qualname}.<locals>."
        seen = Seen()
        hint = self.hints.pop(node.lineno, None) if self.hints else None

        def define(inner: Any, outer: Seen) -> None:
            self.define(inner, inner_prefix, None, qualname, outer)

        whole: Function | None = node
        if hint is None:
            look([*node.body], seen, self.linked, define, self.import_locally)
            self.keep_calls(seen, qualname)
        elif function is None:
            seen.loop = hint.has_loop
            whole = whole_if_needed(node, owner, self.source.slice(self.span(node)))
        else:
            raise Misread
        facts = FunctionFacts(
            qualname=qualname,
            full_name=f"{self.module}.{qualname}",
            place=self.place(node),
            parameters=parameters(node.args, self.text),
            returns=None if node.returns is None else self.text(node.returns),
            decorators=decorators,
            is_async=node.__class__ is ast.AsyncFunctionDef,
            is_generator=seen.yields,
            has_loop=seen.loop,
            query_calls=seen.queries,
            owner=owner,
            decorations=tuple([symbol(item) for item in decorations]) if decorations else (),
            returned=None if whole is None else returned(whole, owner is not None),
            parsed=hint is None,
        )
        self.functions[qualname] = facts
        self.nodes.pop(qualname, None)
        if seen.queries and function is None:
            self.nodes[qualname] = node
        return facts, seen

    # -- statements of a module's or class's body

    def class_statement(self, node: ast.ClassDef, body: _Body, alternative: bool) -> None:
        if body.owner is None and not self.rebind(node.name, body, alternative):
            return
        body.seen.include(self.class_(node, body.prefix, body.function))
        if node.decorator_list:
            self.look([*node.decorator_list], body.seen, body)

    def function_statement(self, node: Function, body: _Body, alternative: bool) -> None:
        if body.owner is None and not self.rebind(node.name, body, alternative):
            return
        facts, seen = self.function(node, body.prefix, body.owner, body.function)
        if body.owner is not None and not property_half(node.name, facts.decorators):
            body.methods[node.name] = facts
            body.values.pop(node.name, None)
        if body.function is not None:
            body.seen.include(seen)
        defaults: list[Any] = [*node.decorator_list, *node.args.defaults, *node.args.kw_defaults]
        if defaults:
            self.look(defaults, body.seen, body)

    def rebind(self, name: str, body: _Body, alternative: bool) -> bool:
        """Make way for a new binding of a module-level name; False if the old one stays."""
        if name in self.imports:
            if alternative:
                return False
            del self.imports[name], self.origins[name]
        return True

    def import_statement(
        self, node: ast.Import | ast.ImportFrom, body: _Body, alternative: bool
    ) -> None:
        if body.owner is not None:
            self.import_locally(node)
            return
        for name, target, origin in imported(node, self.module, self.is_package):
            if name == "*":
                self.stars.append(origin)
            elif not (
                alternative
                and (name in self.imports or name in self.classes or name in body.values)
            ):
                self.imports[name] = target
                self.origins[name] = origin

    def import_locally(self, node: ast.Import | ast.ImportFrom) -> None:
        for item in imported(node, self.module, self.is_package):
            self.local_imports[item] = None

    def assign(self, node: ast.Assign, body: _Body, alternative: bool) -> None:
        value = symbol(node.value)
        for target in node.targets:
            self.bind(target, value, None, node, body, alternative)
        if body.owner is None and any(named(target, "__all__") for target in node.targets):
            self.exported = strings(value)
        self.look_at_value(node.value, body)

    def annotate(self, node: ast.AnnAssign, body: _Body, alternative: bool) -> None:
        value = None if node.value is None else symbol(node.value)
        self.bind(node.target, value, node.annotation, node, body, alternative)
        if named(node.target, "__all__") and value is not None:
            self.exported = strings(value)
        if node.value is not None:
            self.look_at_value(node.value, body)

    def look_at_value(self, node: ast.expr, body: _Body) -> None:
        """A call that makes a value is read from the value, not kept twice."""
        if isinstance(node, ast.Constant | ast.Name):
            return
        kept = len(body.seen.calls)
        self.look([node], body.seen, body)
        if isinstance(node, ast.Call):
            body.seen.calls[kept:] = [call for call in body.seen.calls[kept:] if call is not node]

    def augment(self, node: ast.AugAssign, body: _Body, alternative: bool) -> None:
        if named(node.target, "__all__") and self.exported is not None:
            self.exported += strings(symbol(node.value)) or []
        self.look([node.value], body.seen, body)

    def expression(self, node: ast.Expr, body: _Body, alternative: bool) -> None:
        if not isinstance(node.value, ast.Constant):
            self.look([node.value], body.seen, body)

    def type_alias(self, node: Any, body: _Body, alternative: bool) -> None:
        self.bind(node.name, symbol(node.value), None, node, body, alternative)

    def bind(
        self,
        target: ast.expr,
        value: Symbol | None,
        annotation: ast.expr | None,
        node: ast.stmt,
        body: _Body,
        alternative: bool,
    ) -> None:
        if isinstance(target, ast.Tuple | ast.List):
            parts = value.elements if isinstance(value, Items) else ()
            same = len(parts) == len(target.elts)
            for index, element in enumerate(target.elts):
                self.bind(
                    element,
                    parts[index] if same else Other("Unpacked"),
                    None,
                    node,
                    body,
                    alternative,
                )
            return
        name = dotted_name(target)
        if name is None:
            return
        if body.owner is None and not self.rebind(name, body, alternative):
            return
        old = body.values.get(name)
        if old is not None and old.value is not None and (alternative or value is None):
            return
        if old is not None and isinstance(old.value, Call) and value == Constant(None):
            return
        body.methods.pop(name, None)
        body.values[name] = ValueFacts(
            name,
            f"{self.module}.{body.prefix}{name}",
            self.place(node),
            value,
            None if annotation is None else symbol(annotation),
            None if annotation is None else self.text(annotation),
        )

    def keep_calls(self, seen: Seen, function: str | None) -> None:
        for node in seen.calls:
            call = symbol(node)
            if isinstance(call, Call):
                self.calls.append(CallFacts(self.place(node), function, call))
        seen.calls.clear()


def _no_definition(node: Any, seen: Seen) -> None:
    raise AssertionError("an expression holds no definition")


_STATEMENTS: dict[type, Any] = {
    ast.ClassDef: Reader.class_statement,
    ast.FunctionDef: Reader.function_statement,
    ast.AsyncFunctionDef: Reader.function_statement,
    ast.Import: Reader.import_statement,
    ast.ImportFrom: Reader.import_statement,
    ast.Assign: Reader.assign,
    ast.AnnAssign: Reader.annotate,
    ast.AugAssign: Reader.augment,
    ast.Expr: Reader.expression,
}
if hasattr(ast, "TypeAlias"):
    _STATEMENTS[ast.TypeAlias] = Reader.type_alias
