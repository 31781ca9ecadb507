"""Makes a failing program smaller by leaving out and unwrapping lines, while it fails the same way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.fuzz.runner import Failure, Laboratory
from tests.fuzz.writer import Function


def shrink(laboratory: Laboratory, failure: Failure, seeds: range) -> Failure:
    """The smallest program found that still fails in the same aspect."""
    smaller = True
    while smaller:
        smaller = False
        for source in _variants(failure.function.source):
            function = replace(failure.function, source=source)
            found = _failure(laboratory, function, failure, seeds)
            if found is not None:
                failure, smaller = found, True
                break
    return failure


def _failure(
    laboratory: Laboratory, function: Function, failure: Failure, seeds: range
) -> Failure | None:
    try:
        compile(function.source, "program.py", "exec")
    except SyntaxError:
        return None
    for found in laboratory.failures([function], failure.facts, failure.setting, seeds):
        same = found.outcomes[0].exception == failure.outcomes[0].exception
        names = "NameError" not in str([o.exception for o in found.outcomes])
        if found.what == failure.what and same and names:
            return found
    return None


def _variants(source: str) -> Iterator[str]:
    lines = source.rstrip("\n").split("\n")
    for size in (8, 4, 2, 1):
        for start in range(1, len(lines) - size + 1):
            yield "\n".join(lines[:start] + lines[start + size :]) + "\n"
    for start in range(1, len(lines)):
        own = _indent(lines[start])
        end = start + 1
        while end < len(lines) and _indent(lines[end]) > own:
            end += 1
        if end > start + 1:
            inner = [line[4:] for line in lines[start + 1 : end]]
            yield "\n".join(lines[:start] + inner + lines[end:]) + "\n"
            yield "\n".join(lines[:start] + lines[end:]) + "\n"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
