"""Functions that a dict holds, of which a key tells one when the code runs: `HANDLERS[kind](row)`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.orm.instances import Instance
from codemods.orm.values import Bound, Function, Plain, Symbol, Value

if TYPE_CHECKING:
    from codemods.orm.flow import Flow

# A dict of more functions is a registry, of which each loop may call any.
_MANY = 12


@dataclass(frozen=True)
class Several(Value):
    """One of a few functions of the project."""

    options: tuple[Value, ...]

    @property
    def tainted(self) -> bool:
        return True

    def joined(self, other: Value) -> Value | None:
        # what `get()` gives where there is none cannot be called
        return self if isinstance(other, Plain) and other.constant is None else None


def one_of(flow: Flow, values: Iterable[Value]) -> Several | None:
    """What a key of a dict with these values gives, if they are functions."""
    options = tuple(dict.fromkeys(values))
    known = 1 < len(options) <= _MANY and all(_is_function(flow, each) for each in options)
    return Several(options) if known else None


def _is_function(flow: Flow, value: Value) -> bool:
    match value:
        case Symbol(full_name=full_name):
            return flow.index.function(full_name) is not None
        case Bound(receiver=Instance()) | Function():
            return True
    return False
