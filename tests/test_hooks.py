"""The hooks for pre-commit, called as pre-commit calls them."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from small_project import CLEAN, ONE, make

ROOT = Path(__file__).parent.parent
HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
}


def run(hook: str, folder: Path, *files: str) -> subprocess.CompletedProcess[str]:
    command, *arguments = shlex.split(HOOKS[hook]["entry"])
    assert command == "minusn"
    return subprocess.run(
        [sys.executable, "-m", "codemods", *arguments, *files],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_what_pre_commit_asks_for(hook: dict[str, Any]) -> None:
    assert {"id", "name", "entry", "language"} <= hook.keys()
    assert hook["language"] == "python"
    assert set(hook["types_or"]) == {"python", "pyi"}
    # One process, because each reads the whole project.
    assert hook["require_serial"] is True


def test_both_hooks_are_there() -> None:
    assert set(HOOKS) == {"minusn-check", "minusn-fix"}


def test_check_fails_on_a_finding(tmp_path: Path) -> None:
    make(tmp_path, one=ONE, clean=CLEAN)
    assert run("minusn-check", tmp_path, "app/clean.py").returncode == 0
    failed = run("minusn-check", tmp_path, "app/clean.py", "app/one.py")
    assert failed.returncode == 1
    assert "app/one.py:9:23: MN101" in failed.stdout


def test_fix_changes_the_files_that_it_is_handed(tmp_path: Path) -> None:
    make(tmp_path, one=ONE, two=ONE)
    done = run("minusn-fix", tmp_path, "app/one.py")
    assert done.returncode == 0, done.stderr
    assert "selectinload(Order.customer)" in (tmp_path / "app" / "one.py").read_text()
    assert "selectinload" not in (tmp_path / "app" / "two.py").read_text()
