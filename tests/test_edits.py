"""Edits become bytes, and diffs that git applies byte for byte."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codemods.edits import Edit, OverlapError, apply_edits, changes, unified_diff
from codemods.source import SourceFile, Span

PATH = Path("/p/a.py")


def edit(start: int, end: int, content: str) -> Edit:
    return Edit(PATH, Span(start, end), content)


def git(folder: Path, *arguments: str, data: bytes | None = None) -> None:
    command = ["git", "-c", "core.autocrlf=false", *arguments]
    done = subprocess.run(command, cwd=folder, input=data, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    return tmp_path


def applied_by_git(folder: Path, before: bytes, after: bytes, name: str = "a.py") -> bytes:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(before)
    diff = unified_diff(before, after, name)
    if diff:
        git(folder, "apply", "--whitespace=nowarn", "-", data=diff)
    return file.read_bytes()


def test_edits_apply_in_any_order() -> None:
    source = SourceFile(PATH, b"a = 1\nb = 2\n")
    edits = [edit(10, 11, "20"), edit(0, 0, "# top\n"), edit(4, 5, "10")]
    assert apply_edits(source, edits) == b"# top\na = 10\nb = 20\n"


@pytest.mark.parametrize(
    "edits",
    [
        [edit(0, 3, "x"), edit(2, 4, "y")],
        [edit(2, 2, "x"), edit(2, 2, "y")],
        [edit(1, 4, "x"), edit(2, 2, "y")],
    ],
)
def test_edits_that_overlap_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(OverlapError):
        apply_edits(SourceFile(PATH, b"abcdef"), edits)


def test_edits_that_touch_are_not_an_overlap() -> None:
    source = SourceFile(PATH, b"abcdef")
    assert apply_edits(source, [edit(2, 4, "X"), edit(2, 2, "+"), edit(4, 4, "-")]) == b"ab+X-ef"


def test_encoding_and_byte_order_mark_are_kept() -> None:
    latin = SourceFile(PATH, "# coding: latin-1\nx = 'é'\n".encode("latin-1"))
    assert apply_edits(latin, [edit(18, 19, "ü")]) == "# coding: latin-1\nü = 'é'\n".encode(
        "latin-1"
    )
    with pytest.raises(UnicodeEncodeError):
        apply_edits(latin, [edit(18, 19, "名")])
    marked = SourceFile(PATH, b"\xef\xbb\xbfx = 1\n")
    assert apply_edits(marked, [edit(0, 1, "y")]) == b"\xef\xbb\xbfy = 1\n"


AWKWARD = {
    "plain": (b"a\nb\nc\n", b"a\nB\nc\n"),
    "crlf": (b"a\r\nb\r\nc\r\n", b"a\r\nB\r\nnew\r\nc\r\n"),
    "mixed newlines": (b"a\r\nb\nc\rd\n", b"a\r\nB\nc\rD\n"),
    "cr only": (b"a\rb\rc\r", b"a\rB\rc\r"),
    "no final newline": (b"a\nb", b"a\nb\nc"),
    "final newline added": (b"a\nb", b"a\nb\n"),
    "final newline removed": (b"a\nb\n", b"a\nb"),
    "last line of several without newline": (b"x\n" * 20 + b"end", b"y\n" + b"x\n" * 19 + b"end"),
    "tabs": (b"if x:\n\ty = 1  \n\tz\n", b"if x:\n\ty = 2 \t\n\tz\n"),
    "byte order mark": (b"\xef\xbb\xbfx = 1\n", b"\xef\xbb\xbfx = 2\n"),
    "latin-1": (b"# coding: latin-1\nx = '\xe9'\n", b"# coding: latin-1\nx = '\xfc'\n"),
    "form feed": (b"a\n\x0c\ndef f(): pass\n", b"a\n\x0c\ndef g(): pass\n"),
    "separators": ("a = '\u2028'\nb\n".encode(), "a = '\u2028\x85\x1c'\nb\n".encode()),
    "from nothing": (b"", b"a\nb\n"),
    "to nothing": (b"a\nb\n", b""),
    "two places": (b"".join(b"%d\n" % i for i in range(40)), b"0\n" * 40),
}


@pytest.mark.parametrize("before, after", AWKWARD.values(), ids=AWKWARD.keys())
def test_git_applies_the_diff(repository: Path, before: bytes, after: bytes) -> None:
    if not after:
        # git takes a file that becomes empty for a deleted one
        assert unified_diff(before, after, "a.py").endswith(b"-a\n-b\n")
        return
    assert applied_by_git(repository, before, after) == after


@pytest.mark.parametrize(
    "name",
    ["app/models.py", "a b.py", "tab\there.py", 'quo"te.py', "back\\slash.py", "größe/日本.py"],
)
def test_git_finds_the_file_by_its_name(repository: Path, name: str) -> None:
    assert applied_by_git(repository, b"a\nb\n", b"a\nc\n", name) == b"a\nc\n"


def test_equal_sides_have_no_diff() -> None:
    assert unified_diff(b"a\n", b"a\n", "a.py") == b""


def test_near_changes_share_a_header_and_far_ones_do_not() -> None:
    lines = [b"%d\n" % number for number in range(30)]
    near = [*lines[:3], b"x\n", *lines[4:10], b"y\n", *lines[11:]]
    far = [*lines[:3], b"x\n", *lines[4:11], b"y\n", *lines[12:]]
    assert unified_diff(b"".join(lines), b"".join(near), "a").count(b"@@ -") == 1
    assert unified_diff(b"".join(lines), b"".join(far), "a").count(b"@@ -") == 2


def test_the_whole_diff_reads_as_git_writes_it() -> None:
    assert unified_diff(b"a\nb\nc\nd\ne\n", b"a\nb\nc\nd\ne\nf", "p/x.py") == (
        b"--- a/p/x.py\n+++ b/p/x.py\n@@ -3,3 +3,4 @@\n c\n d\n e\n+f\n"
        b"\\ No newline at end of file\n"
    )


def test_changes_name_only_what_differs() -> None:
    assert changes("abcdef", "abXdefg") == [(2, 3, 2, 3), (6, 6, 6, 7)]


FILES = st.lists(st.sampled_from([b"a\n", b"b\n", b"\n", b"c\r\n", b"\x0c\n", b"d"]), max_size=14)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(FILES, FILES)
def test_git_applies_any_diff(repository: Path, old: list[bytes], new: list[bytes]) -> None:
    before, after = b"".join(old), b"".join(new)
    if before and after:
        assert applied_by_git(repository, before, after) == after
