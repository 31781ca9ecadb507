"""Rules: one generator function from a `Scope` to findings, found by walking `codemods.rules`."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codemods.finding import Finding
    from codemods.orm.scope import Scope

    RuleFunction = Callable[[Scope], Iterator[Finding]]


class Default(StrEnum):
    """on: runs unless it is ignored; review: runs, and its fixes are for review at best; opt-in:
    runs where it is selected by name or code."""

    ON = "on"
    REVIEW = "review"
    OPT_IN = "opt-in"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the catalogue: `code` (`MN101`), `name` (`eager-load`) and its page."""

    code: str
    name: str
    page: str
    find: RuleFunction
    default: Default = Default.ON

    @property
    def summary(self) -> str:
        return self.page.split("\n", 1)[0]


def rule(code: str, default: Default = Default.ON) -> Callable[[RuleFunction], Rule]:
    """Declare a rule. Its name is the function's, its page is the function's docstring."""

    def declare(function: RuleFunction) -> Rule:
        assert function.__doc__, f"{function.__name__} has no page"
        name = function.__name__.replace("_", "-")
        return Rule(code, name, inspect.cleandoc(function.__doc__), function, default)

    return declare


@cache
def catalogue() -> tuple[Rule, ...]:
    """Every rule, ordered by code."""
    package = import_module("codemods.rules")
    found = []
    for info in pkgutil.iter_modules(package.__path__):
        module = import_module(f"codemods.rules.{info.name}")
        found.append(getattr(module, info.name))
    return tuple(sorted(found, key=lambda item: item.code))


NOT_ANALYSED = ("MN001", "not-analysed")
