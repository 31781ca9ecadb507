"""Suppressing comments in templates."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods.project.template_comments import read_template_suppressions
from codemods.source import SourceFile, Span


def suppressed(text: str, read: str = "b.author", code: str = "MN101") -> bool:
    source = SourceFile(Path("/project/templates/x.html"), text.encode())
    start = source.text.index(read)
    spans = [Span(start, start + len(read))]
    return read_template_suppressions(source).suppress(code, "eager-load", source, spans)


@pytest.mark.parametrize(
    "text",
    [
        "{{ b.author }} {# minusn: ignore[eager-load] #}",
        "é\r\n{# minusn: ignore #}{{ b.author }}",
        "{{ b.author }}{#- minusn: IGNORE [mn1, other] -#}",
        "{# minusn: ignore-file #}\n\n{{ b.author }}",
        "{{ b.author }}\n{# minusn: ignore-file[eager-load] #}",
    ],
)
def test_suppressed(text: str) -> None:
    assert suppressed(text)


@pytest.mark.parametrize(
    "text",
    [
        "{{ b.author }}",
        "{# minusn: ignore #}\n{{ b.author }}",
        "{{ b.author }} {# minusn: ignore[hoist-lookup] #}",
        "{{ b.author }} <!-- minusn: ignore -->",
        "{{ b.author }} {# minusn: ignored #}",
    ],
)
def test_not_suppressed(text: str) -> None:
    assert not suppressed(text)


def test_a_file_that_is_no_text() -> None:
    source = SourceFile(Path("/x"), b"{# minusn: ignore #} \xff")
    assert read_template_suppressions(source).rows == ()
