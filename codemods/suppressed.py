"""Which findings their author does not want to hear of, in the files and templates of a project."""

from __future__ import annotations

from collections.abc import Callable, Container
from pathlib import Path

from codemods.finding import Finding, Role
from codemods.project.suppression import Suppressions, read_suppressions
from codemods.project.template_comments import read_template_suppressions
from codemods.source import SourceFile, Span


class Comments:
    """The comments that suppress findings; those of a file are read when it is first asked for.

    Args:
        source: gives a file or a template.
        modules: the paths of the Python files.
    """

    def __init__(self, source: Callable[[Path], SourceFile], modules: Container[Path]) -> None:
        self._source = source
        self._modules = modules
        self._read: dict[Path, Suppressions] = {}

    def forget(self, path: Path) -> None:
        """Read a file that has changed again."""
        self._read.pop(path, None)

    def suppress(self, finding: Finding) -> bool:
        """True if a comment at the finding's place or its query's, or for its file, says so."""
        places = [finding.place, *(n.place for n in finding.related if n.role is Role.QUERY)]
        spans: dict[Path, list[Span]] = {finding.place.path: []}
        for place in places:
            spans.setdefault(place.path, []).append(place.span)
        for path, inside in spans.items():
            comments = self._of(path)
            if path != finding.place.path:
                comments = comments.without_file_marks()
            if comments.suppress(finding.code, finding.name, self._source(path), inside):
                return True
        return False

    def _of(self, path: Path) -> Suppressions:
        if path not in self._read:
            read = read_suppressions if path in self._modules else read_template_suppressions
            self._read[path] = read(self._source(path))
        return self._read[path]
