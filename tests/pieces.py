"""Every piece of code in `before_after`, as projects that the tool is pointed at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from codemods import testing
from codemods.testing import Case, LeftAlone

ROOT = Path(__file__).parent.parent / "before_after"


def each_piece() -> pytest.MarkDecorator:
    """Parametrise a test by `piece`, every case and every file that is left alone."""
    pieces: Sequence[Case | LeftAlone] = [*testing.cases(ROOT), *testing.left_alone(ROOT)]
    return pytest.mark.parametrize("piece", pieces, ids=lambda piece: piece.id)


def project(piece: Case | LeftAlone, folder: Path) -> list[Path]:
    """Copy a piece into `folder` as the project that the tool sees; gives its own files."""
    made = piece.project(folder)
    return [made] if isinstance(made, Path) else made
