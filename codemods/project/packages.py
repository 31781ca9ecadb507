"""Packages whose classes many projects derive their models from.

What such classes declare is written down in `stubs/`, in a file with the module's name: a model with
a base class that is not seen may have any attribute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

_STUBS = Path(__file__).parent / "stubs"


def stubs(modules: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """The modules of which a stub is there, with its file."""
    known = _known()
    yield from ((name, known[name]) for name in sorted(modules) if name in known)


@cache
def _known() -> dict[str, Path]:
    return {path.stem: path for path in _STUBS.glob("*.pyi")}
