"""`{# minusn: ignore[rule] #}`: what a template's author does not want to hear about."""

from __future__ import annotations

import re

from codemods.project.suppression import NOTHING, Suppressions
from codemods.source import SourceFile, UndecodableError

_MARK = re.compile(
    r"\{#-?\s*minusn:\s*ignore(-file)?(?![\w-])(?:\s*\[([^\]]*)\])?\s*-?#\}", re.IGNORECASE
)


def read_template_suppressions(source: SourceFile) -> Suppressions:
    """The suppressing comments of a template; each holds for the line that it stands in."""
    if b"minusn:" not in source.data:
        return NOTHING
    try:
        found = list(_MARK.finditer(source.text))
    except UndecodableError:
        return NOTHING
    whole: list[frozenset[str]] = []
    rows: list[tuple[int, frozenset[str]]] = []
    for match in found:
        rules = frozenset(re.findall(r"[\w-]+", (match.group(2) or "").lower()))
        if match.group(1):
            whole.append(rules)
        else:
            rows.append((source.location(match.start()).row, rules))
    return Suppressions(tuple(whole), tuple(rows))
