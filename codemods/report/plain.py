"""Where styled text goes if nobody sees its style: to import and ask rich costs more than to write."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text


class PlainConsole:
    """What is needed of rich's `Console`, for files and pipes."""

    def print(self, text: Text, *, soft_wrap: bool) -> None:
        """Write one line."""
        sys.stdout.write(f"{text.plain}\n")
