"""No query is asked in here: what is kept is made by who asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

_TTL = 300.0
_lock = threading.Lock()
_entries: dict[str, tuple[float, dict[str, Any]]] = {}


def get_cached(key: str) -> dict[str, Any] | None:
    with _lock:
        entry = _entries.get(key)
        if entry is None:
            return None
        made_at, value = entry
        if time.monotonic() - made_at > _TTL:
            del _entries[key]
            return None
        return value


def get_or_compute(key: str, compute: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    value = get_cached(key)
    if value is None:
        value = compute()
        with _lock:
            _entries[key] = (time.monotonic(), value)
    return value


def invalidate(prefix: str = "") -> int:
    """Forget what begins with a prefix; gives how much that was."""
    with _lock:
        stale = [key for key in _entries if key.startswith(prefix)]
        for key in stale:
            del _entries[key]
    return len(stale)
