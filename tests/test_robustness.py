"""Files, folders and settings that are not as one would wish, and what the user is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from effort import calls
from small_project import CLEAN, ONE, make

from codemods import apply, check, diff

ROOT = Path(__file__).parent.parent


def minusn(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "codemods", *arguments],
        cwd=folder,
        capture_output=True,
        timeout=300,
        encoding="utf-8",
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PATH": "/usr/bin:/bin"},
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make(tmp_path, one=ONE)


BROKEN = {
    "null byte": (
        b"import sqlalchemy\nx = 1\0\n",
        "2:6",
        "it does not parse: there is a null byte",
    ),
    "no text": (
        b"import sqlalchemy\nx = '\xff'\n",
        "",
        "it cannot be decoded: line 2 has the byte 0xff",
    ),
    "no encoding": (b"# coding: klingon\nimport sqlalchemy\n", "", "it cannot be decoded: "),
    "half a file": (b"import sqlalchemy\ndef f(a,\n", "2:6", "it does not parse"),
    "odd indentation": (b"import sqlalchemy\nif a:\n\tb\n        c\n", "4:", "it does not parse"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_told_and_the_others_are_done(project: Path, kind: str) -> None:
    data, place, reason = BROKEN[kind]
    (project / "app/broken.py").write_bytes(data)
    walked = minusn(project, "check")
    assert walked.returncode == 1
    assert f"app/broken.py:{place}" in walked.stdout
    assert f"MN001 not-analysed: This file was not analysed: {reason}" in walked.stdout
    assert "app/one.py:9:23: MN101" in walked.stdout
    named = minusn(project, "diff", "app/broken.py", "app/one.py")
    assert named.returncode == 2
    assert f"error: app/broken.py:{place}" in named.stderr
    assert "+    for order in session.query(Order).options(" in named.stdout
    assert minusn(project, "check", "--strict").returncode == 2
    written = minusn(project, "apply")
    assert written.returncode == 0
    assert "selectinload" in (project / "app/one.py").read_text()
    assert (project / "app/broken.py").read_bytes() == data


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads it")
def test_newer_syntax_says_which_python_to_take(project: Path) -> None:
    newer = "import sqlalchemy\nx = f'{\"'\".join(a['b'])}'\n"
    (project / "app/newer.py").write_text(newer)
    done = minusn(project, "check", "app/newer.py")
    assert done.returncode == 2
    assert "app/newer.py:2:" in done.stdout
    assert "run minusn under Python 3.12 or newer" in done.stdout


def test_deep_nesting_is_analysed_or_told(project: Path) -> None:
    deep = {
        "brackets": ONE + f"x = {'(' * 150}1{')' * 150}\n",
        "too_many_brackets": ONE + f"x = {'(' * 5000}1{')' * 5000}\n",
        "operators": ONE + f"x = {'1 + ' * 20_000}1\n",
        "calls": ONE + f"x = a{'.b()' * 2000}\n",
        "blocks": ONE + "".join(f"{'  ' * n}if a:\n" for n in range(90)) + f"{'  ' * 90}b\n",
        "elifs": ONE + "if a: b\n" + "elif a: b\n" * 3000,
        "strings": ONE + f"x = {'-' * 3000}1\n",
    }
    for name, text in deep.items():
        (project / f"app/{name}.py").write_text(text)
    report = check([project])
    assert not report.failures
    told = {item.path.stem for item in report.skipped}
    found = {finding.place.path.stem for finding in report.problems}
    assert found | told == {"one", *deep}
    assert {"one", "brackets", "blocks"} <= found
    changes = diff([project])
    assert not changes.failures
    assert {change.path.stem for change in changes.files} == found


def test_a_line_costs_no_more_in_a_long_file(project: Path) -> None:
    code, data = project / "app/code.py", project / "app/data.py"
    function = ONE.partition("\n\n\n")[2]

    def write(thousands: int) -> None:
        lines = thousands * 1000
        code.write_text(ONE + "def same(a): return a\n" * lines + "x = same(1)\n" * lines)
        rows = "".join(f"    {n}: 'row',  # {n}\n" for n in range(lines // 15))
        words = "words\n" * lines * 2
        data.write_text(
            f'{ONE}TEXT = """\n{words}"""\nROWS = {{\n{rows}}}\n\n\n{function.replace("(", "_(", 1)}'
        )

    write(3)
    few_calls = calls(lambda: check([code, data]))
    write(15)
    assert calls(lambda: check([code, data])) < 5 * few_calls
    report = check([code, data])
    assert report.lines > 60_000
    assert len(report.problems) == 3
    changes = diff([data])
    assert len(changes.applied) == 2
    assert not changes.failures


def test_a_file_that_goes_while_it_is_read(project: Path) -> None:
    for name in ("a", "z"):
        (project / f"app/{name}.py").write_text(CLEAN)
    gone = project / "app/z.py"

    def take_it_away(done: int, total: int) -> None:
        if done == 1:
            gone.unlink()

    report = check([project], progress=take_it_away)
    assert [(s.path, s.reason) for s in report.skipped] == [
        (gone, "cannot be read: No such file or directory")
    ]
    assert not report.trouble
    assert len(report.problems) == 1


def test_a_file_that_goes_before_it_is_written(project: Path) -> None:
    path = project / "app/one.py"

    def take_it_away(done: int, total: int) -> None:
        if done == total and path.exists():
            path.unlink()

    changes = apply([project], progress=take_it_away)
    assert changes.files == ()
    (failure,) = changes.failures
    assert failure.path == path
    assert "was not written" in failure.message
    assert not path.exists()
    assert len(changes.left) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_what_is_no_file_is_not_waited_for(project: Path) -> None:
    os.mkfifo(project / "app/pipe.py")
    assert not check([project]).skipped
    done = minusn(project, "check", "app/pipe.py", "app/one.py")
    assert done.returncode == 2
    assert "app/pipe.py:1:1: MN001" in done.stdout
    assert "cannot be read: it is not a regular file" in done.stdout
    assert "app/one.py:9:23" in done.stdout


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads it all")
def test_a_file_that_may_not_be_read(project: Path) -> None:
    (project / "app/one.py").chmod(0)
    done = minusn(project, "check", "app")
    assert "app/one.py:1:1: MN001" in done.stdout
    assert "cannot be read: Permission denied" in done.stdout
    assert done.returncode == 0
    assert minusn(project, "check", "app/one.py").returncode == 2


def test_links_in_a_circle(project: Path) -> None:
    (project / "app/again").symlink_to(project, target_is_directory=True)
    (project / "app/self.py").symlink_to("self.py")
    (project / "app/dangling.py").symlink_to("gone.py")
    report = check([project])
    assert (len(report.problems), report.files, report.skipped) == (1, 3, ())
    done = minusn(project, "check", "app/self.py", "app/dangling.py", "app/again/app/one.py")
    assert done.returncode == 2
    assert "error: app/self.py: " in done.stderr
    assert "gone.py: does not exist" in done.stderr
    assert "app/one.py:9:23: MN101" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_read_only_file_is_told_and_the_others_are_written(project: Path) -> None:
    make(project, one=ONE, other=ONE)
    locked = project / "app/one.py"
    locked.chmod(0o444)
    done = minusn(project, "apply")
    assert done.returncode == 2
    assert "error: app/one.py: was not written: it is read-only" in done.stderr
    assert "left  app/one.py:9:23" in done.stdout
    assert locked.read_text() == ONE.lstrip()
    assert "selectinload" in (project / "app/other.py").read_text()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_settings_with_any_newline(project: Path, newline: str) -> None:
    lines = ["[project]", 'name = "x"', "[tool.minusn]", 'ignore = ["eager-load"]', "slect = []"]
    path = project / "pyproject.toml"
    path.write_bytes(newline.join(lines[:4]).encode())
    assert not check([project]).problems
    path.write_bytes(newline.join([*lines, ""]).encode())
    done = minusn(project, "check")
    assert done.returncode == 2
    assert done.stderr.startswith("minusn: pyproject.toml:5: ")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"[tool.minusn\nselect = []\n", "pyproject.toml:1: this is not valid TOML"),
        (b"[project]\nname = \xff\n", "pyproject.toml:2: this is not UTF-8"),
        (b"[tool]\nminusn = 3\n", "pyproject.toml: `tool.minusn` must be a table"),
        (b"tool = []\n[project]\n", None),
    ],
)
@pytest.mark.parametrize("command", ["check", "diff", "apply"])
def test_a_broken_project_file(project: Path, command: str, data: bytes, told: str | None) -> None:
    (project / "pyproject.toml").write_bytes(data)
    done = minusn(project, command)
    assert "Traceback" not in done.stderr
    if told is None:
        assert done.returncode == {"check": 1, "diff": 1, "apply": 0}[command]
        return
    assert done.returncode == 2
    assert done.stderr.startswith(f"minusn: {told}")
    assert (project / "app/one.py").read_text() == ONE.lstrip()


def test_nothing_to_look_at(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("")
    assert minusn(tmp_path, "check").stdout == "No problems found (0 files checked).\n"
    for command in ("check", "diff", "apply"):
        assert minusn(tmp_path, command).returncode == 0


def test_no_project_and_no_repository(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)
    (tmp_path / "pyproject.toml").unlink()
    done = minusn(tmp_path, "check")
    assert done.returncode == 1
    assert "app/one.py:9:23: MN101" in done.stdout
    done = minusn(tmp_path, "apply", "--branch", "faster")
    assert done.returncode == 2
    assert "repository" in done.stderr
    assert (tmp_path / "app/one.py").read_text() == ONE.lstrip()


def test_odd_names(project: Path) -> None:
    for name in ("two words", "größe", "a'b", "-x"):
        (project / f"app/{name}.py").write_text(ONE.lstrip())
    report = check([project])
    assert len(report.problems) == 5
    done = minusn(project, "diff")
    assert done.returncode == 1
    subprocess.run(["git", "apply", "-"], cwd=project, input=done.stdout.encode(), check=True)
    assert not check([project]).problems
