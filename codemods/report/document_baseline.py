"""The findings of an earlier check, as `minusn check --output-format json` wrote them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codemods.finding import Finding
from codemods.report.names import shown
from codemods.rule import NOT_ANALYSED

# What stands for a function's name where a finding is in a module's own statements.
MODULE = "<module>"


class BaselineError(Exception):
    """A file that holds no findings."""


@dataclass(frozen=True)
class Fixed:
    """A finding that is gone."""

    file: str
    function: str
    rule: str
    message: str


@dataclass(frozen=True)
class Baseline:
    """What was found then. Lines may have moved since: a finding is known by the rest of it."""

    found: tuple[Fixed, ...]

    def fixed(self, findings: Iterable[Finding], looked_at: Set[Path]) -> tuple[Fixed, ...]:
        """What is not found any more, in files that were looked at or are gone."""
        gone, _ = self._compared(findings)
        names = {shown(path) for path in looked_at}
        return tuple(item for item in gone if item.file in names or not Path(item.file).exists())

    def new(self, findings: Iterable[Finding]) -> int:
        """How many findings there were not then."""
        _, added = self._compared(findings)
        return added

    def _compared(self, findings: Iterable[Finding]) -> tuple[list[Fixed], int]:
        """The findings that are gone, and the number of those that have come.

        One of which only the message has changed is the same.
        """
        now = [_as_known(finding) for finding in findings]
        gone, come = _less(self.found, now), _less(now, self.found)
        left = Counter(_place(item) for item in come)
        fixed = []
        for item in gone:
            if left[_place(item)]:
                left[_place(item)] -= 1
            else:
                fixed.append(item)
        return fixed, left.total()


def read_baseline(path: Path) -> Baseline:
    """The findings in a file.

    Raises:
        BaselineError: says what is wrong with the file.
    """
    try:
        items = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BaselineError(f"cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise BaselineError(f"is not JSON: {error}") from error
    try:
        if not isinstance(items, list):
            raise TypeError
        return Baseline(tuple(_read(item) for item in items if item["code"] != NOT_ANALYSED[0]))
    except (KeyError, TypeError) as error:
        hint = "write one with `minusn check --output-format json`"
        raise BaselineError(f"is not a list of findings; {hint}") from error


def _read(item: dict[str, Any]) -> Fixed:
    rule = f"{item['code']} {item['name']}"
    return Fixed(item["filename"], item["function"] or MODULE, rule, item["message"])


def _as_known(finding: Finding) -> Fixed:
    rule = f"{finding.code} {finding.name}"
    function = finding.function or MODULE
    return Fixed(shown(finding.place.path), function, rule, finding.message)


def _place(item: Fixed) -> tuple[str, str, str]:
    return item.file, item.function, item.rule


def _less(some: Iterable[Fixed], others: Iterable[Fixed]) -> list[Fixed]:
    """Those that `others` has not, as often as it has them less."""
    known = Counter(others)
    left = []
    for item in some:
        if known[item]:
            known[item] -= 1
        else:
            left.append(item)
    return left
