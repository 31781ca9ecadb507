"""`minusn report`: reads the baseline, and writes the document in one format or another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from codemods.report.document import document
from codemods.report.document_baseline import Baseline, BaselineError, read_baseline
from codemods.report.names import shown
from codemods.results import Failure, Report


class DocumentError(Exception):
    """A file that cannot be read or written, and why."""


def known(path: Path | None) -> Baseline | None:
    """The findings in the baseline, if there is one.

    Raises:
        DocumentError: where it is not one.
    """
    if path is None:
        return None
    try:
        return read_baseline(path)
    except BaselineError as error:
        raise DocumentError(f"{shown(path)}: {error}") from error


def written(
    report: Report,
    kind: str,
    baseline: Baseline | None,
    output: Path | None,
    on_failure: Callable[[Failure], None],
) -> str:
    """The document, which is also put into the file `output` if there is one.

    Args:
        kind: `markdown` or `html`.
        on_failure: called where a fix cannot be made.

    Raises:
        DocumentError: where the file cannot be written.
    """
    made = document(report, date.today(), baseline, on_failure)
    if kind == "html":
        from codemods.report.html import as_html

        text = as_html(made)
    else:
        from codemods.report.markdown import as_markdown

        text = as_markdown(made)
    if output is not None:
        try:
            output.write_bytes(text.encode("utf-8", "surrogateescape"))
        except OSError as error:
            raise DocumentError(f"{shown(output)}: cannot be written: {error.strerror}") from error
    return text
