"""`Code` templates and copied code as LibCST nodes.

A hole is parsed as a name of its own and then replaced by the node that fills it. The places
inside copied code that `Copied.substitute` and `Copied.rename` change are such holes too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import TypeAlias, TypeVar

import libcst as cst

from codemods.patch import Code, Copied, Hole
from codemods.rewrite.error import RewriteError
from codemods.rewrite.expressions import Expressions
from codemods.rewrite.flat import flat
from codemods.rewrite.parsing import (
    MARK,
    Statement,
    expression_code,
    mark,
    needs_no_parentheses,
    parenthesised,
    parse_copied,
    parse_expression,
    parse_template,
    same_meaning,
)
from codemods.rewrite.statements import with_leading
from codemods.rewrite.view import View
from codemods.source import Place, Span

Statements: TypeAlias = Sequence[Statement]
Filling: TypeAlias = cst.BaseExpression | Statements
Change: TypeAlias = Callable[[cst.BaseExpression], cst.BaseExpression]
_Node = TypeVar("_Node", cst.Module, cst.BaseExpression)


@dataclass
class Builder:
    """Builds nodes for one file.

    Args:
        views: gives the view of the file at a path.
        names: what stands in this file for a name that templates use.
        quote: what strings of templates are to be quoted with, if their content allows it.
        moved: changes at places (in views) whose code goes where it is copied to.
        carried: those of `moved` that were copied.
        builtins: like `names` for the builtins of which the file has something else by the name.
        called: the same for those that are a variable here: the builtin is what is called, or what
            an annotation puts something in brackets after.
        flat: whether expressions that are copied lose their line ends.
    """

    views: Callable[[Path], View]
    names: Mapping[str, str] = field(default_factory=dict)
    quote: str = '"'
    moved: dict[Place, Change] = field(default_factory=dict)
    carried: set[Place] = field(default_factory=set)
    builtins: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    flat: bool = False
    _active: set[Span] = field(default_factory=set)

    def expression(self, code: Code) -> cst.BaseExpression:
        """The node of a template that is an expression."""
        text, holes = _marked(code)
        return self._filled(parse_expression(text), holes)

    def statements(self, code: Code) -> list[Statement]:
        """The nodes of a template that is one or more statements."""
        text, holes = _marked(code)
        module = self._filled(cst.Module(parse_template(text)), holes)
        return [node for node in module.body if isinstance(node, Statement)]

    def is_expression(self, code: Code) -> bool:
        try:
            ast.parse(_marked(code)[0].strip(), mode="eval")
        except SyntaxError:
            return False
        return True

    def _filled(self, node: _Node, holes: Mapping[str, Hole]) -> _Node:
        fillings = {name: self._filling(hole) for name, hole in holes.items()}
        names = _parsed({**self.builtins, **self.names})
        called = _parsed({f"{name}()": local for name, local in self.called.items()})
        return _assembled(node, fillings, names | called, self.quote)

    def _filling(self, hole: Hole) -> Filling:
        if isinstance(hole, str):
            first, dot, rest = hole.partition(".")
            return parse_expression(self.names.get(first, first) + dot + rest)
        if isinstance(hole, Copied):
            return self.copied(hole)
        return self.expression(hole) if self.is_expression(hole) else self.statements(hole)

    def copied(self, copied: Copied) -> Filling:
        """The expression or the statement at a place, with what is to be changed in it."""
        view = self.views(copied.place.path)
        span = view.span_of(copied.place)
        try:
            return self._copied_expression(view, span, copied)
        except LookupError:
            block, index = view.statement(span, copied.place)
        span = block.spans[index]
        indent = view.indent_of_line(span.start)
        rest = view.text[span.end : view.line_end(span.end)]
        comment = rest if rest.lstrip().startswith("#") else ""
        text, fillings = self._with_marks(view, block.statements[index], span, copied)
        module = cst.Module(parse_copied(indent + text + comment, indent))
        body = _assembled(module, fillings).body
        return [node for node in body if isinstance(node, Statement)]

    def _copied_expression(self, view: View, span: Span, copied: Copied) -> cst.BaseExpression:
        """Raises LookupError where no expression is."""
        node = view.expression_at(span)
        if node is None:
            raise LookupError
        text, fillings = self._with_marks(view, node, span, copied)
        indent = view.indent_of_line(span.start)
        path = view.path_to_expression(span)
        whole = Expressions(view).whole(path, span)
        if "#" in view.slice(whole):
            # in parentheses of its own it is laid out as it was, and has all of its comments
            before, after = Span(whole.start, span.start), Span(span.end, whole.end)
            text = view.slice(before) + text + view.slice(after)
            statement = next(outer for outer in reversed(path) if isinstance(outer, ast.stmt))
            indent = view.indent_of_line(view.node_span(statement).start)
        made = _assembled(parse_expression(text, indent), fillings)
        return flat(made) if self.flat else made

    def _with_marks(
        self, view: View, node: ast.AST, span: Span, copied: Copied
    ) -> tuple[str, dict[str, Filling]]:
        """The text of `span` with marks for what takes another form in the copy."""
        pieces: list[str] = []
        fillings: dict[str, Filling] = {}
        position = span.start
        for place, filling in self._changes(view, node, span, copied):
            name = mark(len(fillings))
            fillings[name] = filling
            pieces += view.text[position : place.start], name
            position = place.end
        return "".join(pieces) + view.text[position : span.end], fillings

    def _changes(
        self, view: View, node: ast.AST, span: Span, copied: Copied
    ) -> Iterator[tuple[Span, cst.BaseExpression]]:
        codes = {view.span_of(place): code for place, code in copied.substitute}
        renames = dict(copied.rename)
        names = {view.node_span(name): name.id for name in _loads(node, frozenset(renames))}
        path = view.source.path
        moved = {place.span for place in self.moved if place.path == path} - self._active
        end = span.start
        for place in sorted({*codes, *names, *moved}, key=lambda s: (s.start, -s.end)):
            if not span.contains(place) or place.start < end:
                continue
            if place in codes:
                yield place, self.expression(codes[place])
            elif place in moved:
                self.carried.add(Place(path, place))
                self._active.add(place)
                inner = self._copied_expression(view, place, copied)
                yield place, self.moved[Place(path, place)](inner)
                self._active.discard(place)
            elif view.slice(place) != names[place]:
                raise RewriteError(f"cannot tell where `{names[place]}` stands", copied.place)
            else:
                yield place, parse_expression(renames[names[place]])
            end = place.end


def _loads(node: ast.AST, names: frozenset[str]) -> Iterator[ast.Name]:
    """The loads of `names` in `node`, but not where they mean a variable of its own."""
    if not names:
        return
    if isinstance(node, ast.Name):
        if node.id in names and isinstance(node.ctx, ast.Load):
            yield node
        return
    inner = names
    outside: list[ast.AST] = []
    if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        targets = [name for part in node.generators for name in ast.walk(part.target)]
        inner -= {name.id for name in targets if isinstance(name, ast.Name)}
        outside = [node.generators[0].iter]
    elif isinstance(node, ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef):
        inner -= {name.arg for name in ast.walk(node.args) if isinstance(name, ast.arg)}
        outside = [*node.args.defaults, *(node for node in node.args.kw_defaults if node)]
    for part in outside:
        yield from _loads(part, names)
    pending = list(ast.iter_child_nodes(node))
    while pending:
        child = pending.pop()
        if child in outside:
            continue
        if isinstance(child, ast.comprehension | ast.arguments):
            pending += ast.iter_child_nodes(child)
        else:
            yield from _loads(child, inner)


def _marked(code: Code) -> tuple[str, dict[str, Hole]]:
    """The text of a template with a mark for every hole, and what fills the marks."""
    pieces: list[str] = []
    holes: dict[str, Hole] = {}
    values = code.values
    try:
        parts = list(Formatter().parse(code.text))
    except ValueError as error:
        raise RewriteError(f"the template {code.text!r} has a brace too many") from error
    for literal, name, specification, conversion in parts:
        pieces.append(literal)
        if name is None:
            continue
        if name not in values or specification or conversion:
            raise RewriteError(f"the template {code.text!r} has no value for {{{name}}}")
        label = mark(len(holes))
        holes[label] = values[name]
        pieces.append(label)
    return "".join(pieces), holes


def _assembled(
    node: _Node,
    fillings: Mapping[str, Filling],
    names: Mapping[str, cst.BaseExpression] | None = None,
    quote: str = '"',
) -> _Node:
    """`node` with its marks filled, and with those parentheses that keep the fillings whole."""
    if not fillings and not names and quote == '"':
        return node
    parts = dict(fillings)
    bare: dict[str, cst.BaseExpression] = {}
    for label, filling in fillings.items():
        if isinstance(filling, cst.BaseExpression) and not needs_no_parentheses(filling):
            bare[label] = filling
            parts[label] = parenthesised(filling)
    filled = _visited(node, _Fill(parts, names or {}, quote))
    for label, filling in bare.items():
        fewer = {**parts, label: filling}
        candidate = _visited(node, _Fill(fewer, names or {}, quote))
        if same_meaning(_whole(candidate), _whole(filled)):
            parts, filled = fewer, candidate
    return filled


def _visited(node: _Node, fill: _Fill) -> _Node:
    result = node.visit(fill)
    assert isinstance(result, cst.Module if isinstance(node, cst.Module) else cst.BaseExpression)
    return result


def _subscripts(node: cst.CSTNode) -> Iterator[cst.Subscript]:
    if isinstance(node, cst.Subscript):
        yield node
    for child in node.children:
        yield from _subscripts(child)


def _parsed(names: Mapping[str, str]) -> dict[str, cst.BaseExpression]:
    return {name: parse_expression(local) for name, local in names.items()}


def _whole(node: cst.Module | cst.BaseExpression) -> str:
    return node.code if isinstance(node, cst.Module) else f"({expression_code(node)})"


class _Fill(cst.CSTTransformer):
    """Puts nodes where the marks of a parsed template are.

    Names of the template itself are looked up in `names`, with `()` those that are called, and its
    strings get the quotes that the file prefers.
    """

    def __init__(
        self,
        fillings: Mapping[str, Filling],
        names: Mapping[str, cst.BaseExpression],
        quote: str,
    ) -> None:
        super().__init__()
        self._fillings = fillings
        self._names = names
        self._quote = quote
        self._identifiers: set[cst.CSTNode] = set()
        self._called: set[cst.CSTNode] = set()

    def visit_Attribute(self, node: cst.Attribute) -> None:
        self._identifiers.add(node.attr)
        if node.attr.value == "fromkeys":
            self._called.add(node.value)

    def visit_Call(self, node: cst.Call) -> None:
        self._called.add(node.func)

    def visit_Annotation(self, node: cst.Annotation) -> None:
        self._called |= {part.value for part in _subscripts(node.annotation)}

    def visit_Arg(self, node: cst.Arg) -> None:
        if node.keyword:
            self._identifiers.add(node.keyword)

    def visit_Param(self, node: cst.Param) -> None:
        self._identifiers.add(node.name)

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self._identifiers.add(node.name)

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        return False

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        filling = self._fillings.get(original_node.value)
        if filling is None and original_node not in self._identifiers:
            filling = self._names.get(original_node.value)
        if filling is None and original_node in self._called:
            filling = self._names.get(f"{original_node.value}()")
        if filling is None:
            return updated_node
        if not isinstance(filling, cst.BaseExpression):
            raise RewriteError("statements fill a hole where an expression must stand")
        if original_node in self._identifiers and not isinstance(filling, cst.Name):
            raise RewriteError("a hole that is an identifier is filled with an expression")
        return filling.with_changes(
            lpar=[*updated_node.lpar, *filling.lpar], rpar=[*filling.rpar, *updated_node.rpar]
        )

    def visit_SimpleStatementLine(self, node: cst.SimpleStatementLine) -> bool:
        return self._body(node) is None

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> Statement | cst.FlattenSentinel[Statement]:
        body = self._body(original_node)
        if body is None:
            return updated_node
        return cst.FlattenSentinel(with_leading(body, updated_node.leading_lines))

    def _body(self, node: cst.SimpleStatementLine) -> Statements | None:
        """The statements that take the place of a line which is one hole."""
        if len(node.body) == 1 and isinstance(node.body[0], cst.Expr):
            name = node.body[0].value
            filling = self._fillings.get(name.value) if isinstance(name, cst.Name) else None
            if filling is not None and not isinstance(filling, cst.BaseExpression):
                return filling
        return None

    def leave_SimpleString(
        self, original_node: cst.SimpleString, updated_node: cst.SimpleString
    ) -> cst.SimpleString:
        value = MARK.sub(self._text, updated_node.value)
        if self._quote == "'" and re.fullmatch(r"""[a-zA-Z]*"[^"'\\]*\"""", value):
            value = value.replace('"', "'")
        return updated_node.with_changes(value=value)

    def leave_FormattedStringText(
        self, original_node: cst.FormattedStringText, updated_node: cst.FormattedStringText
    ) -> cst.FormattedStringText:
        return updated_node.with_changes(value=MARK.sub(self._text, updated_node.value))

    def leave_Comment(self, original_node: cst.Comment, updated_node: cst.Comment) -> cst.Comment:
        return updated_node.with_changes(value=MARK.sub(self._text, updated_node.value))

    def _text(self, match: re.Match[str]) -> str:
        filling = self._fillings.get(match.group())
        if not isinstance(filling, cst.BaseExpression):
            raise RewriteError("statements fill a hole inside a string or a comment")
        return expression_code(filling)
