"""How files are called in what a user reads."""

from __future__ import annotations

import os
from pathlib import Path


def shown(path: Path, folder: Path | None = None) -> str:
    """The path relative to a folder, the working directory if none is given, with `/`."""
    base = folder or Path.cwd()
    try:
        name = os.path.relpath(path, base.resolve())
    except ValueError:  # another drive
        name = str(path)
    return name.replace(os.sep, "/")
