"""Text to LibCST nodes and back, for pieces of a file and for templates."""

from __future__ import annotations

import ast
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TypeAlias, TypeVar, cast

import libcst as cst

from codemods.rewrite.error import RewriteError

# Names that stand for parts of code while LibCST parses what is around them.
MARK = re.compile(r"__minusn_(\d+)__")

Statement: TypeAlias = cst.SimpleStatementLine | cst.BaseCompoundStatement

_Expression = TypeVar("_Expression", bound=cst.BaseExpression)

_ATOMS = (
    cst.Name,
    cst.Attribute,
    cst.Call,
    cst.Subscript,
    cst.List,
    cst.Set,
    cst.Dict,
    cst.ListComp,
    cst.SetComp,
    cst.DictComp,
    cst.SimpleString,
    cst.FormattedString,
)


def mark(number: int) -> str:
    return f"__minusn_{number}__"


class OnRoot(cst.CSTTransformer, ABC):
    """Changes the node that it is sent to, and looks at nothing inside it."""

    _root: cst.CSTNode | None = None

    def on_visit(self, node: cst.CSTNode) -> bool:
        first = self._root is None
        if first:
            self._root = node
        return first

    def on_leave(
        self, original_node: cst.CSTNodeT, updated_node: cst.CSTNodeT
    ) -> cst.CSTNodeT | cst.RemovalSentinel | cst.FlattenSentinel[cst.CSTNodeT]:
        if original_node is not self._root:
            return updated_node
        # the root has no parent that could want a node of the same type
        return cast(cst.CSTNodeT, self.change(updated_node))

    @abstractmethod
    def change(self, node: cst.CSTNode) -> cst.CSTNode:
        """What takes the place of the node."""


def changed(node: cst.CSTNode, transformer: cst.CSTTransformer) -> cst.CSTNode:
    """What a transformer makes of a node, which is one node again."""
    result = node.visit(transformer)
    assert isinstance(result, cst.CSTNode)
    return result


def parse_template(text: str) -> list[Statement]:
    """Parse unindented statements; their blocks take the indentation of where they go."""
    return _statements(parse_module(f"pass\n{text}\n").body)


def parse_copied(text: str, indent: str) -> list[Statement]:
    """Parse lines of a file that are indented by `indent`; their blocks keep their steps."""
    if not indent:
        return _statements(parse_module(f"pass\n{text}\n").visit(_Explicit()).body)
    module = parse_module(f"if 1:\n{indent}pass\n{text}\n").visit(_Explicit())
    return _statements(cst.ensure_type(module.body[0], cst.If).body.body)


def parse_expression(text: str, indent: str = "") -> cst.BaseExpression:
    """Parse an expression whose further lines are indented as in a block of `indent`."""
    lines = parse_copied(f"{indent}({text})", indent)
    if len(lines) == 1 and isinstance(lines[0], cst.SimpleStatementLine):
        small = lines[0].body
        if len(small) == 1 and isinstance(small[0], cst.Expr) and small[0].value.lpar:
            node = small[0].value
            return node.with_changes(lpar=node.lpar[1:], rpar=node.rpar[:-1])
    raise RewriteError(f"is not one expression: {text!r}")


def parse_module(text: str) -> cst.Module:
    try:
        return cst.parse_module(text)
    except cst.ParserSyntaxError as error:
        raise RewriteError(f"code does not parse: {text.strip()!r}") from error


def _statements(body: Sequence[cst.CSTNode]) -> list[Statement]:
    return [node for node in body[1:] if isinstance(node, Statement)]


class _Explicit(cst.CSTTransformer):
    """Give every block its own indentation: LibCST's default is the first one that it met."""

    def __init__(self) -> None:
        super().__init__()
        self._default = ""

    def visit_Module(self, node: cst.Module) -> None:
        self._default = node.default_indent

    def leave_IndentedBlock(
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.IndentedBlock:
        if original_node.indent is None:
            return updated_node.with_changes(indent=self._default)
        return updated_node


def statements_code(statements: Sequence[Statement], indent: str, step: str) -> str:
    """The lines of statements in a block that is indented by `indent`."""
    if not indent:
        return cst.Module(list(statements), default_indent=step).code
    block = cst.IndentedBlock(list(statements), indent=indent)
    module = cst.Module([cst.If(cst.Integer("1"), block)], default_indent=step)
    return module.code.partition("\n")[2]


def expression_code(node: cst.BaseExpression, indent: str = "", step: str = "    ") -> str:
    """The code of an expression, whose further lines lie in a block that is indented so."""
    line = cst.SimpleStatementLine([cst.Expr(node)])
    return statements_code([line], indent, step)[len(indent) : -1]


def parenthesised(node: _Expression) -> _Expression:
    return node.with_changes(
        lpar=[cst.LeftParen(), *node.lpar], rpar=[*node.rpar, cst.RightParen()]
    )


def needs_no_parentheses(node: cst.BaseExpression) -> bool:
    """Whether the node is one whole wherever it may stand, also on several lines."""
    text = expression_code(node)
    if "\n" in text and not _parses(text):
        return False
    return bool(node.lpar) or isinstance(node, _ATOMS)


def _parses(text: str) -> bool:
    try:
        ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    return True


def same_meaning(first: str, second: str) -> bool:
    """Whether two pieces of code are the same but for layout and parentheses."""
    try:
        return ast.dump(ast.parse(first)) == ast.dump(ast.parse(second))
    except SyntaxError:
        return False
