"""Rules: one generator function from a `Scope` to findings, found by walking `codemods.rules`.

A rule over models looks at what a mapped class declares instead, with all that the project does
with it in view.
"""

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
    from codemods.orm.declaration import Declaration
    from codemods.orm.scope import Scope

    RuleFunction = Callable[[Scope], Iterator[Finding]]
    ModelFunction = Callable[[Declaration], Iterator[Finding]]


class Default(StrEnum):
    """on: runs unless it is ignored; review: runs, and its fixes are for review at best; opt-in:
    runs where it is selected by name or code."""

    ON = "on"
    REVIEW = "review"
    OPT_IN = "opt-in"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the catalogue: `code` (`MN101`), `name` (`eager-load`) and its page.

    `find` takes the Scope of a function, or with `over_models` the Declaration of a mapped class.
    """

    code: str
    name: str
    page: str
    find: Callable[..., Iterator[Finding]]
    default: Default = Default.ON
    over_models: bool = False

    @property
    def summary(self) -> str:
        return self.page.split("\n", 1)[0]


def rule(code: str, default: Default = Default.ON) -> Callable[[RuleFunction], Rule]:
    """Declare a rule. Its name is the function's, its page is the function's docstring."""

    def declare(function: RuleFunction) -> Rule:
        return Rule(code, *_described(function), function, default)

    return declare


def model_rule(code: str, default: Default = Default.ON) -> Callable[[ModelFunction], Rule]:
    """Declare a rule that looks at the project's mapped classes, one after the other.

    What it finds is reported where an end of it lies in a file that is asked for, wherever the
    class is declared.
    """

    def declare(function: ModelFunction) -> Rule:
        return Rule(code, *_described(function), function, default, over_models=True)

    return declare


def _described(function: RuleFunction | ModelFunction) -> tuple[str, str]:
    assert function.__doc__, f"{function.__name__} has no page"
    return function.__name__.replace("_", "-"), inspect.cleandoc(function.__doc__)


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
