"""Code that a rule must not touch: one file for each reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods import testing
from codemods.testing import LeftAlone

FILES = testing.left_alone(Path(__file__).parent.parent / "before_after")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.id)
def test_left_alone(file: LeftAlone, tmp_path: Path) -> None:
    testing.check_left_alone(file, tmp_path)
