"""A progress bar on stderr, for runs that take longer than a moment."""

from __future__ import annotations

import time
from typing import Any

_PATIENCE = 1.0
_PAUSE = 0.1


class Bar:
    """Shows how far a run is once it has taken a second."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._shown = 0.0
        self._bar: Any = None
        self._task: Any = None

    def show(self, done: int, total: int) -> None:
        """Tell that `done` of `total` steps are made."""
        now = time.monotonic()
        if now - self._started < _PATIENCE or now - self._shown < _PAUSE:
            return
        self._shown = now
        if self._bar is None:
            self._open(total)
        self._bar.update(self._task, completed=done, total=total)
        self._bar.refresh()

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _open(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        self._bar = Progress(
            TextColumn("reading and checking"),
            BarColumn(),
            MofNCompleteColumn(),
            console=Console(stderr=True),
            transient=True,
            auto_refresh=False,
        )
        self._bar.start()
        self._task = self._bar.add_task("", total=total)
