"""Tests that put something else in place of a function of the project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.orm.mentions import among_tests

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts
    from codemods.orm.frames import Program

_PATCHES = re.compile(r"patch|[Mm]ock|create_autospec|setattr")
# The last word of a string: `patch("app.orders.totals")`, `patch.object(orders, "totals")`.
_NAMED = re.compile(r"""["'.](\w+)["']""")
# `patch.object(orders, totals.__name__)`, `patch.multiple(orders, totals=…, prices=…)`.
_NAMED_BY_ITSELF = re.compile(r"(\w+)\.__name__\b")
_SEVERAL = re.compile(r"\bmultiple\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_KEYWORD = re.compile(r"(\w+)\s*=(?!=)")
_ASSIGNED = re.compile(r"\.(\w+)\s*=(?!=)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class _Replacing:
    """What a file of tests may put something in place of.

    `named` are the last words of its strings, the attributes that it assigns and the keywords of
    `patch.multiple()`, `words` all of its words, for objects of a class that are mocked as a whole.
    """

    file: str
    named: frozenset[str]
    words: frozenset[str]


def replaced_by(program: Program, facts: FunctionFacts) -> str | None:
    """The name of a file of tests that may put something in place of a function, of the module
    or of the class that callers reach it by; None where no test does."""
    reached_by = _reached_by(program, facts)
    for test in program.one(_replacing):
        if reached_by & test.named or (facts.owner is not None and facts.name in test.words):
            return test.file
    return None


def _replacing(program: Program) -> tuple[_Replacing, ...]:
    return tuple(_read(program))


def _read(program: Program) -> Iterator[_Replacing]:
    for source in program.files():
        if among_tests(source.path, program.index.root) and _PATCHES.search(source.text):
            text = source.text
            named = {
                *_NAMED.findall(text), *_NAMED_BY_ITSELF.findall(text), *_ASSIGNED.findall(text),
                *(name for given in _SEVERAL.findall(text) for name in _KEYWORD.findall(given)),
            }  # fmt: skip
            words = frozenset(_WORD.findall(text))
            yield _Replacing(source.path.name, frozenset(named), words)


def _reached_by(program: Program, facts: FunctionFacts) -> frozenset[str]:
    """The function's name, and all names of its module or its class."""
    index = program.index
    module = index.by_path[facts.place.path].module
    holder = module if facts.owner is None else f"{module}.{facts.owner}"
    found = {facts.name, holder.rpartition(".")[2]}
    for each in index.modules.values():
        found.update(name for name, target in each.imports.items() if target == holder)
        found.update(name for name, target, _ in each.local_imports if target == holder)
    return frozenset(found)
