"""What goes wrong when patches become edits."""

from __future__ import annotations

from codemods.source import Place


class RewriteError(Exception):
    """A patch cannot be made into edits that are certain to be what it means."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message, place)
        self.message = message
        self.place = place

    def __str__(self) -> str:
        return f"{self.place.path}: {self.message}" if self.place else self.message
