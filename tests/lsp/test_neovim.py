"""A real Neovim, without its screen: the diagnostic, the fix, and the bytes on disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sample import COMMAND, VIEWS, applied_by_command, contents, write_project

NVIM = shutil.which("nvim", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")

pytestmark = pytest.mark.skipif(
    NVIM is None, reason="NEOVIM IS NOT INSTALLED: nothing is known about a real editor"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_project(tmp_path / "a project")
    return tmp_path / "a project"


def edit(folder: Path, title: str) -> str:
    """Make the action `title` in `views.py` and save; returns what Neovim printed."""
    assert NVIM is not None
    home = folder.parent / "home"
    done = subprocess.run(
        [NVIM, "--headless", "--clean", "-S", str(Path(__file__).with_name("quick_fix.lua"))],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
        env={
            **os.environ,
            "HOME": str(home),
            "XDG_STATE_HOME": str(home),
            "MINUSN_COMMAND": str(COMMAND),
            "MINUSN_ROOT": str(folder),
            "MINUSN_FILE": "library/views.py",
            "MINUSN_TITLE": title,
        },
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_quick_fix_writes_what_apply_writes(folder: Path, newline: str) -> None:
    views = folder / "library" / "views.py"
    views.write_bytes(VIEWS.replace("\n", newline).encode())
    wanted = applied_by_command(folder)
    assert "minusn eager-load" in edit(folder, "Load author")
    assert contents(folder) == wanted


def test_a_finding_is_suppressed(folder: Path) -> None:
    edit(folder, "Ignore eager-load here")
    text = (folder / "library" / "views.py").read_text(encoding="utf-8")
    assert text == VIEWS.replace("in books]", "in books]  # minusn: ignore[eager-load]")
