"""What was typed into a file: into which of its functions, and where everything else is now."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.parse import ParseError, parse
from codemods.finding import Finding
from codemods.moving import after, between, moved
from codemods.source import Place, SourceFile, Span

if TYPE_CHECKING:
    from codemods.edits import Edit
    from codemods.facts.values import ModuleFacts

_COMMENT = "minusn:"


@dataclass(frozen=True, eq=False)
class Text:
    """A file that parses, in one state."""

    source: SourceFile
    facts: ModuleFacts

    @cached_property
    def rest(self) -> str | None:
        """All but the bodies of functions, without places; None where it does not parse after all.

        A body that looked like none of interest is not parsed before it is looked at.
        """
        try:
            tree = parse(self.source)
        except ParseError:
            return None
        rows: set[int] = set()
        for node in _functions(tree):
            rows.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
            node.body = []
        lines = enumerate(self.source.text.split("\n"), 1)
        marks = (line.strip() for row, line in lines if _COMMENT in line and row not in rows)
        return "\n".join([ast.dump(tree), *marks])

    def function(self, name: str) -> str | None:
        """What a function looks like, to the end of its last line; None where there is no such."""
        facts = self.facts.functions.get(name)
        if facts is None:
            return None
        span = facts.place.span
        end = self.source.text.find("\n", span.end)
        return self.source.text[span.start : end if end >= 0 else None]


def _functions(tree: ast.AST) -> Iterable[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The outermost functions and methods."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        elif isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield from _functions(node)


@dataclass(frozen=True, eq=False)
class Typed:
    """A file before and after."""

    before: Text
    later: Text

    @cached_property
    def functions(self) -> frozenset[str] | None:
        """The qualified names of the functions into which it was typed; None where that was not,
        or not only, into the bodies of functions."""
        if self.before.rest != self.later.rest:
            return None
        names = self.later.facts.functions
        return frozenset(n for n in names if self.later.function(n) != self.before.function(n))

    def touches(self, finding: Finding) -> bool:
        """True if a finding before it has a place in such a function."""
        return any(map(self.is_in, finding.places))

    def is_in(self, place: Place) -> bool:
        """True for a place before it that lies in such a function."""
        return place.path == self.later.source.path and any(
            span.overlaps(place.span) for span in self._spans
        )

    @cached_property
    def _spans(self) -> list[Span]:
        known = self.before.facts.functions
        return [known[name].place.span for name in self.functions or () if name in known]

    @cached_property
    def _edits(self) -> tuple[Edit, ...]:
        return between(self.before.source, self.later.source)

    def moved(self, finding: Finding) -> Finding:
        """The finding with its places where they are now."""
        return moved(finding, self._moved)

    def _moved(self, place: Place) -> Place:
        return after(place, self._edits) if place.path == self.later.source.path else place
