"""N+1, minus N: finds repeated SQLAlchemy queries and rewrites them.

`check` reports, `diff` shows what would change, `apply` writes it. All return plain values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from codemods.engine import apply, check, diff, edits_of

__version__ = "0.1.0"
__all__ = ["__version__", "apply", "check", "diff", "edits_of"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from codemods import engine

        return getattr(engine, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
