"""The command as it is called."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from small_project import CLEAN, ONE, make

ROOT = Path(__file__).parent.parent


def minusn(
    folder: Path,
    *arguments: str,
    data: bytes | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "codemods", *arguments],
        cwd=folder,
        input=data,
        capture_output=True,
        timeout=300,
        env={
            "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PATH": "/usr/bin:/bin",
            **(environment or {}),
        },
    )  # fmt: skip


def test_check_as_text(tmp_path: Path) -> None:
    make(tmp_path, one=ONE, clean=CLEAN)
    done = minusn(tmp_path, "check")
    text = done.stdout.decode()
    assert done.returncode == 1
    assert text.startswith("app/one.py:9:23: MN101 eager-load: ")
    assert "9 |         result.append(order.customer.name)\n" in text
    assert "  |                       ^^^^^^^^^^^^^^\n" in text
    assert "8 |     for order in session.query(Order).all():" in text
    assert "= safe fix: " in text
    assert "Found 1 problem in 1 file (1 safe fix; 4 files checked).\n" in text
    assert "\x1b[" not in text
    assert done.stderr == b""


def test_nothing_found(tmp_path: Path) -> None:
    make(tmp_path, clean=CLEAN)
    done = minusn(tmp_path, "check", "app")
    assert (done.returncode, done.stdout) == (0, b"No problems found (3 files checked).\n")


def test_check_as_json(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)
    done = minusn(tmp_path, "check", "--output-format", "json", "app/one.py")
    (item,) = json.loads(done.stdout)
    assert done.returncode == 1
    assert (item["code"], item["filename"]) == ("MN101", "app/one.py")
    assert item["location"] == {"row": 9, "column": 23}
    assert "edits" not in item["fix"]


def test_edits_in_json_make_the_fix(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)
    done = minusn(tmp_path, "check", "--output-format=json", "--with-edits")
    (item,) = json.loads(done.stdout)
    lines = (tmp_path / "app/one.py").read_text().splitlines(keepends=True)
    starts = [sum(map(len, lines[:row])) for row in range(len(lines) + 1)]

    def offset(location: dict[str, int]) -> int:
        return starts[location["row"] - 1] + location["column"] - 1

    text = "".join(lines)
    for edit in sorted(item["fix"]["edits"], key=lambda e: -offset(e["location"])):
        assert edit["filename"] == "app/one.py"
        start, end = offset(edit["location"]), offset(edit["end_location"])
        text = text[:start] + edit["content"] + text[end:]
    assert minusn(tmp_path, "apply").returncode == 0
    assert (tmp_path / "app/one.py").read_text() == text


def test_statistics(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)
    done = minusn(tmp_path, "check", "--statistics")
    assert done.returncode == 1
    assert done.stdout.decode().splitlines()[1].split() == [
        "MN101",
        "eager-load",
        "1",
        "1",
        "1",
        "0",
        "0",
    ]
    done = minusn(tmp_path, "check", "--statistics", "--output-format=json")
    assert json.loads(done.stdout)[0]["count"] == 1


def test_exit_zero(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)
    assert minusn(tmp_path, "check", "--exit-zero").returncode == 0
    assert minusn(tmp_path, "check", "--exit-zero", "gone.py").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "gone.py"], "error: gone.py: does not exist"),
        (["check", "--select", "eager-laod"], "did you mean `eager-load`?"),
        (["diff", "--ignore", "MN9"], "no rule is called `MN9`"),
        (["explain", "eager"], "no rule is called `eager`"),
        (["apply", "-"], "minusn diff -"),
        (["check", "-", "app"], "stands alone"),
        (["check", "--stdin-filename", "x.py"], "goes with the path"),
    ],
)
def test_trouble_is_told(tmp_path: Path, arguments: list[str], told: str) -> None:
    make(tmp_path, one=ONE)
    done = minusn(tmp_path, *arguments)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize("command", ["check", "diff", "apply"])
def test_bad_settings_are_told_with_their_line(tmp_path: Path, command: str) -> None:
    make(tmp_path, one=ONE)
    (tmp_path / "pyproject.toml").write_text("[tool.minusn]\nslect = []\n")
    done = minusn(tmp_path / "app", command)
    assert done.returncode == 2
    told = "minusn: ../pyproject.toml:2: unknown setting `slect`; did you mean `select`?\n"
    assert done.stderr.decode() == told


def test_a_file_that_does_not_parse(tmp_path: Path) -> None:
    make(tmp_path, one=CLEAN, broken="import sqlalchemy\ndef f(:\n")
    walked = minusn(tmp_path, "check")
    assert walked.returncode == 0
    assert "app/broken.py:2:7: MN001 not-analysed: " in walked.stdout.decode()
    assert "1 file not analysed" in walked.stdout.decode()
    assert minusn(tmp_path, "check", "--strict").returncode == 2
    assert minusn(tmp_path, "check", "app/broken.py").returncode == 2
    named = minusn(tmp_path, "diff", "app/broken.py")
    assert named.returncode == 2
    assert "error: app/broken.py:2:7: it does not parse" in named.stderr.decode()
    items = json.loads(minusn(tmp_path, "check", "--output-format=json").stdout)
    assert [(item["code"], item["fix"]) for item in items] == [("MN001", None)]


def test_a_file_without_queries_that_does_not_parse(tmp_path: Path) -> None:
    make(tmp_path, one=CLEAN, broken="def f(:\n")
    assert minusn(tmp_path, "check").returncode == 0
    named = minusn(tmp_path, "check", "app/broken.py")
    assert named.returncode == 2
    assert "app/broken.py:1:7: MN001 not-analysed: " in named.stdout.decode()
    for command in ("diff", "apply"):
        assert minusn(tmp_path, command, "app/broken.py").returncode == 2


def test_diff_is_what_git_applies_and_apply_writes(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        make(folder, one=ONE)
    done = minusn(first, "diff")
    assert done.returncode == 1
    assert done.stdout.startswith(b"--- a/app/one.py\n+++ b/app/one.py\n@@ ")
    assert b"Would apply 1 fix in 1 file." in done.stderr
    subprocess.run(["git", "apply", "-"], cwd=first, input=done.stdout, check=True)
    applied = minusn(second, "apply")
    assert applied.returncode == 0
    one = (first / "app/one.py").read_bytes()
    assert one == (second / "app/one.py").read_bytes()
    assert b"selectinload" in one
    text = applied.stdout.decode()
    assert text.startswith("fixed app/one.py:")
    assert text.endswith("Applied 1 fix in 1 file.\n")
    assert minusn(second, "diff").returncode == 0
    assert minusn(second, "diff").stdout == b""


CODED = "# -*- coding: latin-1 -*-\n# é\n"


@pytest.mark.parametrize(
    "data",
    [
        ONE.replace("\n", "\r\n").encode(),
        ONE.rstrip("\n").encode(),
        ONE.replace("    ", "\t").encode(),
        b"\xef\xbb\xbf" + ONE.lstrip().encode(),
        (CODED + ONE.lstrip().replace("result", "résultat")).encode("latin-1"),
        (ONE + "\x0c\n# \u2028 \x1c end").encode(),
    ],
    ids=["crlf", "no newline", "tabs", "bom", "latin-1", "separators"],
)
def test_git_applies_every_diff_byte_for_byte(tmp_path: Path, data: bytes) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        make(folder)
        (folder / "app/one.py").write_bytes(data)
    done = minusn(first, "diff")
    assert done.returncode == 1, done.stderr.decode()
    subprocess.run(["git", "apply", "-"], cwd=first, input=done.stdout, check=True)
    assert minusn(second, "apply").returncode == 0
    written = (second / "app/one.py").read_bytes()
    assert (first / "app/one.py").read_bytes() == written
    assert b"selectinload(Order.customer)" in written
    new = [line for line in written.splitlines() if line not in data.splitlines()]
    assert len(new) in (2, 3, 6)


def test_a_branch_gets_the_fixes(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)
    for words in (
        ["init", "-q"],
        ["config", "user.name", "A"],
        ["config", "user.email", "a@example.org"],
        ["add", "."],
        ["commit", "-qm", "start"],
    ):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    before = (tmp_path / "app/one.py").read_bytes()
    done = minusn(tmp_path, "apply", "--branch", "faster")
    assert done.returncode == 0, done.stderr.decode()
    assert "Made the branch faster with 1 commit on " in done.stdout.decode()
    assert (tmp_path / "app/one.py").read_bytes() == before
    again = minusn(tmp_path, "apply", "--branch", "faster")
    assert (again.returncode, again.stderr) == (
        2,
        b"minusn: the branch faster exists already; choose another name\n",
    )


def test_json_is_utf8_on_any_terminal(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)
    arguments = [sys.executable, "-m", "codemods", "check", "--output-format=json"]
    env = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, env=env)
    assert "⌈" in json.loads(done.stdout)[0]["cost"]["after"]["statements"]
    text = subprocess.run(arguments[:-1], cwd=tmp_path, capture_output=True, env=env)
    assert text.returncode == 1
    assert b"MN101 eager-load" in text.stdout


def test_what_is_left_is_told_with_its_reason(tmp_path: Path) -> None:
    unsafe = ONE.replace("        result", "        session.commit()\n        result")
    make(tmp_path, one=unsafe)
    before = (tmp_path / "app/one.py").read_bytes()
    done = minusn(tmp_path, "apply")
    assert done.returncode == 0
    assert "left  app/one.py:10:23: MN101 eager-load" in done.stdout.decode()
    assert "no fix: " in done.stdout.decode()
    assert (tmp_path / "app/one.py").read_bytes() == before


def test_stdin(tmp_path: Path) -> None:
    make(tmp_path)
    data = ONE.encode()
    done = minusn(tmp_path, "check", "-", "--stdin-filename", "app/new.py", data=data)
    assert done.returncode == 1
    assert done.stdout.decode().startswith("app/new.py:10:23: MN101")
    done = minusn(tmp_path, "diff", "-", "--stdin-filename", "app/new.py", data=data)
    assert done.returncode == 1
    assert b"--- a/app/new.py\n" in done.stdout
    assert not (tmp_path / "app/new.py").exists()
    assert minusn(tmp_path, "check", "-", data=b"x = 1\n").returncode == 0


def test_rules_and_their_pages(tmp_path: Path) -> None:
    listed = minusn(tmp_path, "rules").stdout.decode()
    assert listed.startswith("MN101  eager-load")
    by_name = minusn(tmp_path, "explain", "eager-load")
    by_code = minusn(tmp_path, "explain", "MN101")
    assert by_name.returncode == 0
    assert by_name.stdout == by_code.stdout
    assert by_name.stdout.decode().startswith("# eager-load (MN101)\n\n")


def test_a_page_without_a_fix_shows_what_is_told(tmp_path: Path) -> None:
    page = minusn(tmp_path, "explain", "cached-instances").stdout.decode()
    example = page.partition("## Example\n\n")[2]
    assert example.startswith("Rows that outlive their session.\n\n```python\n@lru_cache")
    assert example.endswith("  # MN702\n```\n")


def test_every_page_has_an_example(tmp_path: Path) -> None:
    from codemods import docs
    from codemods.rule import catalogue

    for rule in catalogue():
        situation = docs.page(rule).partition("## Example\n\n")[2]
        assert situation[:1].isupper(), rule.name


def test_timing_is_told_on_stderr(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)
    plain, timed = minusn(tmp_path, "check"), minusn(tmp_path, "check", "--timing")
    assert timed.stdout == plain.stdout
    parts = re.findall(r"(\w+) \d+\.\d\d s", timed.stderr.decode())
    assert parts == ["rules", "discover", "read", "link", "fixpoint", "analyse", "report"]
    assert timed.stderr.count(b"%)") == len(parts)


def test_a_pipe_gets_the_text_that_a_terminal_gets(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)
    coloured = minusn(tmp_path, "check", environment={"FORCE_COLOR": "1"}).stdout.decode()
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == minusn(tmp_path, "check").stdout.decode()


def test_help_names_every_command(tmp_path: Path) -> None:
    text = minusn(tmp_path, "--help").stdout.decode()
    for command in ("check", "diff", "apply", "explain", "rules", "demo", "lsp"):
        assert f"\n  {command} " in text


def test_check_imports_nothing_heavy(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)
    program = (
        "import sys\n"
        "from codemods.cli import cli\n"
        "sys.argv = ['minusn', 'check', '--output-format', 'json']\n"
        "try:\n    cli()\n"
        "except SystemExit:\n    pass\n"
        "print('LOADED', *sorted({name.split('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        capture_output=True,
        env={"PYTHONPATH": str(ROOT)},
    )
    last = done.stdout.decode().splitlines()[-1]
    assert last.startswith("LOADED")
    assert b'"MN101"' in done.stdout
    heavy = {"libcst", "sqlalchemy", "pygls", "asyncio", "black", "rich", "multiprocessing"}
    assert heavy & set(last.split()) == set()
