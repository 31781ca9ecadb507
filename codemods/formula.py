"""Cost formulas such as `1 + 2·tests`, `orders·lines` and `⌈tests/500⌉`: evaluated, and added up."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

_TOKEN = re.compile(r"\s*(?:(\d+)|([^\W\d]\w*(?: [^\W\d]\w*)*)|([+·()⌈⌉/]))")

_Value = TypeVar("_Value")


class FormulaError(ValueError):
    """A formula that does not follow the grammar, or a name without a size."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a sum: `5·techniques` has the coefficient 5 and the factor `techniques`.

    A factor is a name, or a quotient that is rounded up, as it is written.
    """

    coefficient: int
    factors: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The factors that are names: the term grows in proportion to each of them."""
        return tuple(factor for factor in self.factors if not factor.startswith("⌈"))

    def __str__(self) -> str:
        shown = self.coefficient != 1 or not self.factors
        return "·".join([str(self.coefficient)] * shown + list(self.factors))


def evaluate(formula: str, sizes: Mapping[str, int]) -> int:
    """The value of `formula` where each name in it has its value in `sizes`.

    Raises:
        FormulaError: names the formula and what is wrong with it.
    """
    return _Evaluation(formula, sizes).read()


def terms(formula: str) -> tuple[Term, ...]:
    """The terms of `formula`, multiplied out; those with the same factors are one.

    Raises:
        FormulaError: names the formula and what is wrong with it.
    """
    return _Expansion(formula).read()


def added(parts: Iterable[Term]) -> str:
    """The formula of a sum: `0` if there is nothing to add."""
    return " + ".join(str(term) for term in united(parts)) or "0"


def sum_of(*formulas: str) -> str:
    """The formula of their sum, in which equal terms are one: `2·tests` of `tests` and `tests`."""
    return added(term for formula in formulas for term in terms(formula))


def names(formula: str) -> list[str]:
    """The names in `formula`, each once, in their order."""
    return list(dict.fromkeys(name for _, name, _ in _TOKEN.findall(formula) if name))


def united(parts: Iterable[Term]) -> tuple[Term, ...]:
    """The terms without those that are 0, a number first."""
    sums: dict[tuple[str, ...], int] = {}
    for term in sorted(parts, key=lambda item: bool(item.factors)):
        sums[term.factors] = sums.get(term.factors, 0) + term.coefficient
    return tuple(Term(coefficient, factors) for factors, coefficient in sums.items() if coefficient)


class _Reader(ABC, Generic[_Value]):
    """Reads a formula; what its parts are worth is for the subclass to say."""

    def __init__(self, formula: str) -> None:
        self.formula = formula
        self.tokens = self._tokens()
        self.position = 0

    @abstractmethod
    def number(self, value: int) -> _Value: ...

    @abstractmethod
    def name(self, name: str) -> _Value: ...

    @abstractmethod
    def plus(self, one: _Value, other: _Value) -> _Value: ...

    @abstractmethod
    def times(self, one: _Value, other: _Value) -> _Value: ...

    @abstractmethod
    def rounded_up(self, value: _Value, divisor: _Value, text: str) -> _Value: ...

    def read(self) -> _Value:
        value = self.sum()
        if self.token:
            raise FormulaError(f"{self.formula!r}: unexpected {self.token!r}")
        return value

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

    def sum(self) -> _Value:
        value = self.product()
        while self.token == "+":
            self.take()
            value = self.plus(value, self.product())
        return value

    def product(self) -> _Value:
        value = self.atom()
        while self.token == "·":
            self.take()
            value = self.times(value, self.atom())
        return value

    def atom(self) -> _Value:
        start = self.position
        token = self.take()
        if token.isdigit():
            return self.number(int(token))
        if token == "(":
            value = self.sum()
            self.take(")")
            return value
        if token == "⌈":
            value = self.sum()
            self.take("/")
            divisor = self.atom()
            self.take("⌉")
            written = (f" {t} " if t == "+" else t for t in self.tokens[start : self.position])
            return self.rounded_up(value, divisor, "".join(written))
        return self.name(token)


class _Evaluation(_Reader[int]):
    def __init__(self, formula: str, sizes: Mapping[str, int]) -> None:
        super().__init__(formula)
        self.sizes = sizes

    def number(self, value: int) -> int:
        return value

    def name(self, name: str) -> int:
        if name in self.sizes:
            return self.sizes[name]
        raise FormulaError(f"{self.formula!r}: no size is given for {name!r}")

    def plus(self, one: int, other: int) -> int:
        return one + other

    def times(self, one: int, other: int) -> int:
        return one * other

    def rounded_up(self, value: int, divisor: int, text: str) -> int:
        return -(-value // divisor)


class _Expansion(_Reader[tuple[Term, ...]]):
    def number(self, value: int) -> tuple[Term, ...]:
        return (Term(value),) if value else ()

    def name(self, name: str) -> tuple[Term, ...]:
        if not name[0].isalpha() and name[0] != "_":
            raise FormulaError(f"{self.formula!r}: unexpected {name!r}")
        return (Term(1, (name,)),)

    def plus(self, one: tuple[Term, ...], other: tuple[Term, ...]) -> tuple[Term, ...]:
        return united((*one, *other))

    def times(self, one: tuple[Term, ...], other: tuple[Term, ...]) -> tuple[Term, ...]:
        return united(
            Term(a.coefficient * b.coefficient, a.factors + b.factors) for a in one for b in other
        )

    def rounded_up(
        self, value: tuple[Term, ...], divisor: tuple[Term, ...], text: str
    ) -> tuple[Term, ...]:
        return (Term(1, (text,)),)
