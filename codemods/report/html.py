"""The document as one HTML file, which needs nothing besides itself."""

from __future__ import annotations

from pathlib import Path

from codemods.report import document_text
from codemods.report.document import Document
from codemods.report.document_costs import Priority
from codemods.report.plot import plot


def as_html(document: Document) -> str:
    """The text of a file."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def prose(text: str) -> Markup:
        """Text with what stands in backticks as code."""
        parts = text.split("`")
        marked = Markup("<code>{}</code>")
        return Markup("").join(marked.format(p) if i % 2 else p for i, p in enumerate(parts))

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["prose"] = prose
    template = environment.get_template("document.html.jinja")
    return template.render(
        document=document,
        text=document_text,
        priorities=tuple(Priority),
        plot=lambda section: Markup(plot(section.before, section.after)),
    )
