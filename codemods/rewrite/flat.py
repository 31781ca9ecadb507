"""Expressions of several lines on one, so that they can be broken anew where they go to."""

from __future__ import annotations

import libcst as cst

from codemods.rewrite.parsing import expression_code


def flat(node: cst.BaseExpression) -> cst.BaseExpression:
    """The expression on one line; as it is if it has a comment, or text of several lines."""
    code = expression_code(node)
    if "\n" not in code or "#" in code:
        return node
    made = node.visit(_Flat())
    if not isinstance(made, cst.BaseExpression) or "\n" in expression_code(made):
        return node
    return made


class _Flat(cst.CSTTransformer):
    """Takes the line ends out of an expression, and commas that only a line end needs."""

    def leave_ParenthesizedWhitespace(
        self, original_node: cst.ParenthesizedWhitespace, updated_node: cst.ParenthesizedWhitespace
    ) -> cst.BaseParenthesizableWhitespace:
        return cst.SimpleWhitespace(" ")

    def leave_Dot(self, original_node: cst.Dot, updated_node: cst.Dot) -> cst.Dot:
        return cst.Dot()

    def leave_LeftParen(
        self, original_node: cst.LeftParen, updated_node: cst.LeftParen
    ) -> cst.LeftParen:
        return cst.LeftParen()

    def leave_RightParen(
        self, original_node: cst.RightParen, updated_node: cst.RightParen
    ) -> cst.RightParen:
        return cst.RightParen()

    def leave_LeftSquareBracket(
        self, original_node: cst.LeftSquareBracket, updated_node: cst.LeftSquareBracket
    ) -> cst.LeftSquareBracket:
        return cst.LeftSquareBracket()

    def leave_RightSquareBracket(
        self, original_node: cst.RightSquareBracket, updated_node: cst.RightSquareBracket
    ) -> cst.RightSquareBracket:
        return cst.RightSquareBracket()

    def leave_LeftCurlyBrace(
        self, original_node: cst.LeftCurlyBrace, updated_node: cst.LeftCurlyBrace
    ) -> cst.LeftCurlyBrace:
        return cst.LeftCurlyBrace()

    def leave_RightCurlyBrace(
        self, original_node: cst.RightCurlyBrace, updated_node: cst.RightCurlyBrace
    ) -> cst.RightCurlyBrace:
        return cst.RightCurlyBrace()

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        node = updated_node.with_changes(whitespace_before_args=cst.SimpleWhitespace(""))
        if not node.args:
            return node
        *rest, last = node.args
        end = last.with_changes(
            comma=cst.MaybeSentinel.DEFAULT, whitespace_after_arg=cst.SimpleWhitespace("")
        )
        return node.with_changes(args=[*rest, end])

    def leave_List(self, original_node: cst.List, updated_node: cst.List) -> cst.BaseExpression:
        return _without_last_comma(updated_node)

    def leave_Set(self, original_node: cst.Set, updated_node: cst.Set) -> cst.BaseExpression:
        return _without_last_comma(updated_node)

    def leave_Dict(self, original_node: cst.Dict, updated_node: cst.Dict) -> cst.BaseExpression:
        return _without_last_comma(updated_node)

    def leave_Tuple(self, original_node: cst.Tuple, updated_node: cst.Tuple) -> cst.BaseExpression:
        if len(updated_node.elements) < 2:
            return updated_node
        return _without_last_comma(updated_node)


def _without_last_comma(node: cst.List | cst.Set | cst.Dict | cst.Tuple) -> cst.BaseExpression:
    if not node.elements:
        return node
    *rest, last = node.elements
    return node.with_changes(elements=[*rest, last.with_changes(comma=cst.MaybeSentinel.DEFAULT)])
