"""What is compared of two runs."""

from __future__ import annotations

from typing import Any


def freeze(value: object) -> Any:
    """A comparable form: types matter, the order of sets and of dict keys does not.

    Raises:
        AssertionError: for a mapped object, which belongs to the session that is closed by then.
    """
    if isinstance(value, dict):
        items = ((freeze(key), freeze(item)) for key, item in value.items())
        return ("dict", sorted(items, key=repr))
    if isinstance(value, list | tuple):
        return (type(value).__name__, [freeze(item) for item in value])
    if isinstance(value, set | frozenset):
        return (type(value).__name__, sorted((freeze(item) for item in value), key=repr))
    if hasattr(value, "_sa_instance_state"):
        raise AssertionError("a scenario returned a mapped object; return plain data")
    return (type(value).__name__, repr(value))
