"""Cost formulas such as `1 + 2·tests`, `orders·lines` and `⌈tests/500⌉`, evaluated."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TOKEN = re.compile(r"\s*(?:(\d+)|([^\W\d]\w*(?: [^\W\d]\w*)*)|([+·()⌈⌉/]))")


class FormulaError(ValueError):
    """A formula that does not follow the grammar, or a name without a size."""


def evaluate(formula: str, sizes: Mapping[str, int]) -> int:
    """The value of `formula` where each name in it has its value in `sizes`.

    Raises:
        FormulaError: names the formula and what is wrong with it.
    """
    parser = _Parser(formula, sizes)
    value = parser.sum()
    if parser.token:
        raise FormulaError(f"{formula!r}: unexpected {parser.token!r}")
    return value


def names(formula: str) -> list[str]:
    """The names in `formula`, each once, in their order."""
    return list(dict.fromkeys(name for _, name, _ in _TOKEN.findall(formula) if name))


class _Parser:
    def __init__(self, formula: str, sizes: Mapping[str, int]) -> None:
        self.formula = formula
        self.sizes = sizes
        self.tokens = list(self._tokens())
        self.position = 0

    def _tokens(self) -> list[str]:
        text, tokens, end = self.formula.rstrip(), [], 0
        while end < len(text):
            match = _TOKEN.match(text, end)
            if not match:
                raise FormulaError(f"{self.formula!r}: cannot read {text[end:]!r}")
            tokens.append(match.group().strip())
            end = match.end()
        return tokens

    @property
    def token(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def take(self, expected: str = "") -> str:
        token = self.token
        if not token or (expected and token != expected):
            raise FormulaError(f"{self.formula!r}: {expected or 'a term'} is missing")
        self.position += 1
        return token

    def sum(self) -> int:
        value = self.product()
        while self.token == "+":
            self.take()
            value += self.product()
        return value

    def product(self) -> int:
        value = self.atom()
        while self.token == "·":
            self.take()
            value *= self.atom()
        return value

    def atom(self) -> int:
        token = self.take()
        if token.isdigit():
            return int(token)
        if token == "(":
            value = self.sum()
            self.take(")")
            return value
        if token == "⌈":
            value = self.sum()
            self.take("/")
            divisor = self.atom()
            self.take("⌉")
            return -(-value // divisor)
        if token in self.sizes:
            return self.sizes[token]
        raise FormulaError(f"{self.formula!r}: no size is given for {token!r}")
