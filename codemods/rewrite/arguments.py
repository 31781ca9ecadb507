"""Arguments of calls: which of them say something new, and how to append them."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

import libcst as cst

from codemods.rewrite.parsing import OnRoot, expression_code, parenthesised

_NO_SPACE = cst.SimpleWhitespace("")


def merged(arguments: Sequence[cst.BaseExpression]) -> list[cst.BaseExpression]:
    """The arguments without repetitions and without those that another one extends."""
    kept: list[cst.BaseExpression] = []
    prefixes = [_prefixes(expression_code(argument)) for argument in arguments]
    for index, argument in enumerate(arguments):
        own = prefixes[index][0]
        repeated = any(own == other[0] for other in prefixes[:index])
        if not repeated and not any(own in other[1:] for other in prefixes):
            kept.append(argument)
    return kept


def _prefixes(code: str) -> list[str]:
    """What a chain of calls is, and what it is without its last call, its last two …"""
    try:
        node: ast.expr = ast.parse(f"({code})", mode="eval").body
    except SyntaxError:
        return [code]
    found = [ast.dump(node)]
    while (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Call)
    ):
        node = node.func.value
        found.append(ast.dump(node))
    return found


def lone_generator(call: ast.Call) -> bool:
    return len(call.args) == 1 and not call.keywords and isinstance(call.args[0], ast.GeneratorExp)


class AddingArguments(OnRoot):
    """Appends positional arguments to a call, in the layout of those that it has.

    Args:
        arguments: what to add, under the merging of `merged` with those that are there.
        known: the code that marks in the call stand for.
        lone: whether the call's only argument is a generator expression that shares the call's
            parentheses, and needs its own beside another argument.
    """

    def __init__(
        self,
        arguments: Sequence[cst.BaseExpression],
        known: Mapping[str, str] | None = None,
        lone: bool = False,
    ) -> None:
        super().__init__()
        self._arguments = merged(arguments)
        self._known = known or {}
        self._lone = lone

    def change(self, node: cst.CSTNode) -> cst.CSTNode:
        call = cst.ensure_type(node, cst.Call)
        arguments = list(call.args)
        new = self._extended(arguments)
        if not new:
            return call.with_changes(args=arguments)
        if self._lone:
            arguments[0] = arguments[0].with_changes(value=parenthesised(arguments[0].value))
        at = len(arguments)
        while at and (arguments[at - 1].keyword or arguments[at - 1].star == "**"):
            at -= 1
        for offset, argument in enumerate(new):
            _insert(arguments, at + offset, cst.Arg(argument), call.whitespace_before_args)
        return call.with_changes(args=arguments)

    def _extended(self, arguments: list[cst.Arg]) -> list[cst.BaseExpression]:
        """Extend those that are there in place; what remains is to be appended."""
        remaining = []
        for argument in self._arguments:
            prefixes = _prefixes(expression_code(argument))
            for index, given in enumerate(arguments):
                if given.keyword or given.star:
                    continue
                there = _prefixes(self._code(given))
                if prefixes[0] in there:
                    break
                if there[0] in prefixes:
                    arguments[index] = given.with_changes(value=argument)
                    break
            else:
                remaining.append(argument)
        return remaining

    def _code(self, argument: cst.Arg) -> str:
        code = expression_code(argument.value)
        return self._known.get(code, code)


def _insert(
    arguments: list[cst.Arg],
    at: int,
    new: cst.Arg,
    before_first: cst.BaseParenthesizableWhitespace,
) -> None:
    if at < len(arguments):
        separator = _separator(arguments, before_first)
        arguments.insert(at, new.with_changes(comma=cst.Comma(whitespace_after=separator)))
        return
    if not arguments:
        arguments.append(new)
        return
    last = arguments[-1]
    separator = _separator(arguments, before_first)
    if isinstance(last.comma, cst.Comma):
        ending = last.comma.whitespace_after
        comma = cst.Comma(whitespace_after=after_comment(ending, separator))
        arguments[-1] = last.with_changes(comma=comma)
        arguments.append(new.with_changes(comma=cst.Comma(whitespace_after=bare(ending))))
        return
    ending = last.whitespace_after_arg
    comma = cst.Comma(whitespace_after=after_comment(ending, separator))
    arguments[-1] = last.with_changes(comma=comma, whitespace_after_arg=_NO_SPACE)
    arguments.append(new.with_changes(whitespace_after_arg=bare(ending)))


def _separator(
    arguments: Sequence[cst.Arg], before_first: cst.BaseParenthesizableWhitespace
) -> cst.BaseParenthesizableWhitespace:
    """What stands between two arguments: as between the first two, else as before the only."""
    first = arguments[0].comma
    if len(arguments) > 1 and isinstance(first, cst.Comma):
        return bare(first.whitespace_after)
    if isinstance(before_first, cst.ParenthesizedWhitespace):
        return bare(before_first)
    return cst.SimpleWhitespace(" ")


def bare(space: cst.BaseParenthesizableWhitespace) -> cst.BaseParenthesizableWhitespace:
    """The whitespace without comments and blank lines."""
    if isinstance(space, cst.ParenthesizedWhitespace):
        return space.with_changes(first_line=cst.TrailingWhitespace(), empty_lines=[])
    return space


def after_comment(
    ending: cst.BaseParenthesizableWhitespace, separator: cst.BaseParenthesizableWhitespace
) -> cst.BaseParenthesizableWhitespace:
    """The separator, with the comments that stood behind the last argument."""
    if not isinstance(ending, cst.ParenthesizedWhitespace):
        return separator
    if not ending.first_line.comment and not any(line.comment for line in ending.empty_lines):
        return separator
    if isinstance(separator, cst.ParenthesizedWhitespace):
        return ending.with_changes(indent=separator.indent, last_line=separator.last_line)
    return ending
