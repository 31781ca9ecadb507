"""The builtins that new code uses, in whose place a file may have something of its own."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Iterator

from codemods.patch import (
    AddArguments,
    AddKeyword,
    AddParameter,
    Chain,
    Code,
    Copied,
    Define,
    InsertAfter,
    InsertBefore,
    Patch,
    Replace,
)

_WORD = re.compile(r"(?<![\w.\"'])[A-Za-z]\w*")
_BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_"))


def builtins_used(patches: Iterable[Patch]) -> list[str]:
    """The builtins that stand in the text of templates, sorted."""
    words = {word for patch in patches for code in _codes(patch) for word in _words(code)}
    return sorted(words & _BUILTINS)


def _codes(patch: Patch) -> tuple[Code, ...]:
    match patch:
        case Replace(code=code) | AddKeyword(value=code) | Define(code=code):
            return (code,)
        case Chain(arguments=codes) | AddArguments(arguments=codes):
            return codes
        case InsertBefore(statements=codes) | InsertAfter(statements=codes):
            return codes
        case AddParameter(annotation=Code() as code):
            return (code,)
    return ()


def _words(code: Code) -> Iterator[str]:
    yield from _WORD.findall(code.text)
    for _, hole in code.holes:
        if isinstance(hole, Code):
            yield from _words(hole)
        elif isinstance(hole, Copied):
            for _, inner in hole.substitute:
                yield from _words(inner)
