"""`# minusn: ignore` comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods.project.suppression import read_suppressions
from codemods.source import SourceFile, Span


def _suppressed(text: str, needle: str = "order.customer", newline: str = "\n") -> bool:
    source = SourceFile(Path("/x.py"), text.replace("\n", newline).encode())
    start = source.text.index(needle)
    span = Span(start, start + len(needle))
    return read_suppressions(source).suppress("MN101", "eager-load", source, [span])


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# minusn: ignore", True),
        ("# minusn:ignore", True),
        ("# noqa  # minusn: ignore[eager-load]", True),
        ("# minusn: ignore[MN201, MN101]", True),
        ("# minusn: ignore[mn1]", True),
        ("# minusn: ignore[hoist-lookup]", False),
        ("# minusn: ignored", False),
        ("# minusn: ignorance", False),
        ("# minus: ignore", False),
    ],
)
def test_a_comment_names_all_rules_or_some(comment: str, expected: bool) -> None:
    text = f"for order in orders:\n    print(order.customer)  {comment}\n"
    assert _suppressed(text) is expected


def test_any_line_of_the_statement_counts() -> None:
    text = "names = [\n    order.customer\n    for order in orders\n]  # minusn: ignore\n"
    assert _suppressed(text)


def test_other_statements_do_not_count() -> None:
    text = "a = 1  # minusn: ignore\nprint(order.customer)\nb = 2  # minusn: ignore\n"
    assert not _suppressed(text)
    assert not _suppressed("# minusn: ignore\nprint(order.customer)\n")


def test_only_the_head_of_a_compound_statement_counts() -> None:
    text = "for order in order.customer:  # minusn: ignore\n    pass\n"
    assert _suppressed(text)
    text = "for order in order.customer:\n    pass  # minusn: ignore\n"
    assert not _suppressed(text)


def test_a_string_is_no_comment() -> None:
    assert not _suppressed('x = "# minusn: ignore", order.customer\n')
    assert not _suppressed('"""\n# minusn: ignore-file\n"""\nprint(order.customer)\n')


def test_a_whole_file() -> None:
    assert _suppressed("# minusn: ignore-file\nprint(order.customer)\n")
    assert _suppressed("print(order.customer)\n# minusn: ignore-file[eager-load]\n")
    assert not _suppressed("# minusn: ignore-file[MN2]\nprint(order.customer)\n")


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_other_newlines(newline: str) -> None:
    text = "a = 1\n\nprint(\n    order.customer\n)  # minusn: ignore\n"
    assert _suppressed(text, newline=newline)


def test_a_form_feed_and_a_separator_end_no_line() -> None:
    text = "a = '\u2028'\n\x0c\nprint(order.customer)  # minusn: ignore\n"
    assert _suppressed(text)
