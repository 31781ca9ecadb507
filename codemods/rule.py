"""Rules: one generator function from a `Scope` to findings, found by walking `codemods.rules`.

A rule over models looks at what a mapped class declares instead, with all that the project does
with it in view.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, partial, wraps
from importlib import import_module
from typing import TYPE_CHECKING, cast

from codemods.finding import Applicability, Finding, Fix, Precondition, Status

if TYPE_CHECKING:
    from codemods.orm.declaration import Declaration
    from codemods.orm.scope import Scope

    RuleFunction = Callable[[Scope], Iterator[Finding]]
    ModelFunction = Callable[[Declaration], Iterator[Finding]]
    AnyFunction = RuleFunction | ModelFunction


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
    `review` says that its fixes are for review at best.
    """

    code: str
    name: str
    page: str
    find: Callable[..., Iterator[Finding]]
    default: Default = Default.ON
    over_models: bool = False
    review: bool = False

    @property
    def summary(self) -> str:
        return self.page.split("\n", 1)[0]


def rule(
    code: str, default: Default = Default.ON, *, review: bool = False
) -> Callable[[RuleFunction], Rule]:
    """Declare a rule. Its name is the function's, its page is the function's docstring.

    Args:
        review: hold its fixes to review, as `Default.REVIEW` does.
    """

    return partial(_declared, code, default, review, False)


def model_rule(
    code: str, default: Default = Default.ON, *, review: bool = False
) -> Callable[[ModelFunction], Rule]:
    """Declare a rule that looks at the project's mapped classes, one after the other.

    What it finds is reported where an end of it lies in a file that is asked for, wherever the
    class is declared.
    """

    return partial(_declared, code, default, review, True)


def _declared(
    code: str, default: Default, review: bool, over_models: bool, function: AnyFunction
) -> Rule:
    assert function.__doc__, f"{function.__name__} has no page"
    name, page = function.__name__.replace("_", "-"), inspect.cleandoc(function.__doc__)
    held = review or default is Default.REVIEW
    find = function if over_models else _in_sight(cast("RuleFunction", function))
    return Rule(code, name, page, find, default, over_models, held)


def _in_sight(function: RuleFunction) -> RuleFunction:
    """The rule, with fixes for review where somebody looks at the variables that they change."""

    @wraps(function)
    def find(scope: Scope) -> Iterator[Finding]:
        from codemods.orm.variables import in_sight

        for finding in function(scope):
            yield in_sight(scope, finding)

    return find


def for_review(rule: Rule, finding: Finding) -> Finding:
    """The finding of a rule as far as the rule may be trusted: with fixes for review at best where
    the rule says so."""
    fixes = [fix for fix in (finding.fix, *finding.alternatives) if fix is not None]
    if not rule.review or all(fix.applicability is not Applicability.SAFE for fix in fixes):
        return finding
    reason = f"{rule.name} has not been measured against databases yet, and may miss a case"
    return held_back(finding, Precondition("measured", Status.UNKNOWN, reason))


def held_back(finding: Finding, condition: Precondition) -> Finding:
    """The finding, with no fix that is safe, for one more condition which is unknown."""

    def held(fix: Fix) -> Fix:
        safe = fix.applicability is Applicability.SAFE
        return replace(fix, preconditions=(*fix.preconditions, condition)) if safe else fix

    safe = finding.applicability is Applicability.SAFE
    return replace(
        finding,
        fix=held(finding.fix) if finding.fix is not None else None,
        alternatives=tuple(map(held, finding.alternatives)),
        preconditions=(*finding.preconditions, condition) if safe else finding.preconditions,
    )


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
