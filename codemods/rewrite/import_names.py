"""The names of one import statement: adding and dropping some, in the statement's own style."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import libcst as cst

from codemods.rewrite.arguments import after_comment, bare
from codemods.rewrite.parsing import OnRoot

_Key = Callable[[str], Any]


def _by_type(name: str) -> tuple[int, str]:
    """The order of isort: CONSTANTS, Classes, functions."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, name.casefold()


_ORDERS: tuple[_Key, ...] = (_by_type, str.casefold, str)


class AddingNames(OnRoot):
    """Adds names, each with the name that it is bound to, to a `from` import.

    They are sorted in if the names are sorted, and the statement is written in parentheses
    where it would become wider than `width`.
    """

    def __init__(
        self, names: Sequence[tuple[str, str]], width: int = 10_000, step: str = "    "
    ) -> None:
        super().__init__()
        self._names = names
        self._width = width
        self._step = step

    def change(self, node: cst.CSTNode) -> cst.CSTNode:
        statement = cst.ensure_type(node, cst.ImportFrom)
        assert not isinstance(statement.names, cst.ImportStar)
        names = [_name(alias) for alias in statement.names]
        aliases = list(statement.names)
        orders = [order for order in _ORDERS if names == sorted(names, key=order)]
        for name, local in self._names:
            alias = cst.ImportAlias(
                cst.Name(name), cst.AsName(cst.Name(local)) if local != name else None
            )
            at = len(aliases)
            if orders:
                key = orders[0]
                at = sum(key(other) <= key(name) for other in names)
            names.insert(at, name)
            statement = _inserted(statement, aliases, at, alias)
        statement = statement.with_changes(names=aliases)
        return self._wrapped(statement)

    def _wrapped(self, statement: cst.ImportFrom) -> cst.ImportFrom:
        code = cst.Module([]).code_for_node(statement)
        if "\n" in code or len(code) <= self._width or statement.lpar:
            return statement
        assert not isinstance(statement.names, cst.ImportStar)
        inside, outside = _line(self._step), _line("")
        *rest, last = statement.names
        return statement.with_changes(
            lpar=cst.LeftParen(whitespace_after=inside),
            names=[
                *(name.with_changes(comma=cst.Comma(whitespace_after=inside)) for name in rest),
                last.with_changes(comma=cst.Comma(whitespace_after=outside)),
            ],
            rpar=cst.RightParen(),
        )


def _line(indent: str) -> cst.ParenthesizedWhitespace:
    return cst.ParenthesizedWhitespace(indent=True, last_line=cst.SimpleWhitespace(indent))


def _name(alias: cst.ImportAlias) -> str:
    return cst.Module([]).code_for_node(alias.name)


def _inserted(
    statement: cst.ImportFrom, aliases: list[cst.ImportAlias], at: int, alias: cst.ImportAlias
) -> cst.ImportFrom:
    separator = _separator(statement, aliases)
    comma = cst.Comma(whitespace_after=separator)
    if at < len(aliases):
        aliases.insert(at, alias.with_changes(comma=comma))
        return statement
    if not aliases:
        aliases.append(alias)
        return statement
    last = aliases[-1]
    if isinstance(last.comma, cst.Comma):
        ending = last.comma.whitespace_after
        own = last.comma.with_changes(whitespace_after=after_comment(ending, separator))
        aliases[-1] = last.with_changes(comma=own)
        aliases.append(alias.with_changes(comma=cst.Comma(whitespace_after=bare(ending))))
        return statement
    if statement.rpar:
        ending = statement.rpar.whitespace_before
        comma = cst.Comma(whitespace_after=after_comment(ending, separator))
        closing = statement.rpar.with_changes(whitespace_before=bare(ending))
        statement = statement.with_changes(rpar=closing)
    aliases[-1] = last.with_changes(comma=comma)
    aliases.append(alias)
    return statement


def _separator(
    statement: cst.ImportFrom, aliases: Sequence[cst.ImportAlias]
) -> cst.BaseParenthesizableWhitespace:
    """What stands between two names: as between the last two, else as before the only one."""
    commas = [alias.comma for alias in aliases[:-1] if isinstance(alias.comma, cst.Comma)]
    if commas:
        return bare(commas[-1].whitespace_after)
    if statement.lpar and isinstance(statement.lpar.whitespace_after, cst.ParenthesizedWhitespace):
        return bare(statement.lpar.whitespace_after)
    return cst.SimpleWhitespace(" ")


class DroppingNames(OnRoot):
    """Drops the names that are bound as `names` from an import; some must remain."""

    def __init__(self, names: Collection[str]) -> None:
        super().__init__()
        self._names = names

    def change(self, node: cst.CSTNode) -> cst.CSTNode:
        assert isinstance(node, cst.Import | cst.ImportFrom)
        assert not isinstance(node.names, cst.ImportStar)
        kept = [alias for alias in node.names if _local(alias) not in self._names]
        if kept and kept[-1] is not node.names[-1]:
            kept[-1] = kept[-1].with_changes(comma=node.names[-1].comma)
        return node.with_changes(names=kept)


def _local(alias: cst.ImportAlias) -> str:
    if alias.asname:
        return cst.Module([]).code_for_node(alias.asname.name)
    return _name(alias).partition(".")[0]
