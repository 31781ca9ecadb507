"""Findings and edits in the words of the protocol."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from lsprotocol import types
from pygls.capabilities import get_capability

from codemods.edits import Edit
from codemods.finding import Cost, Finding, Fix, Note, Role, Severity, Status
from codemods.lsp.buffers import Buffer, uri_of
from codemods.lsp.positions import Positions
from codemods.lsp.project import State, end_in

SOURCE = "minusn"

_SEVERITIES = {
    Severity.CRITICAL: types.DiagnosticSeverity.Warning,
    Severity.HIGH: types.DiagnosticSeverity.Warning,
    Severity.MEDIUM: types.DiagnosticSeverity.Information,
    Severity.LOW: types.DiagnosticSeverity.Hint,
}


class Converter:
    """Speaks to one client, about one state of a project.

    Args:
        encoding: what the client's columns count.
    """

    def __init__(self, state: State, capabilities: types.ClientCapabilities, encoding: str) -> None:
        self._state = state
        self._capabilities = capabilities
        self._encoding = encoding
        self._positions: dict[Path, Positions] = {}

    def positions(self, path: Path) -> Positions:
        if path not in self._positions:
            buffer = self._state.buffers.get(path)
            self._positions[path] = (
                buffer.positions(self._encoding)
                if buffer
                else Positions(self._state.report.source(path), self._encoding)
            )
        return self._positions[path]

    def diagnostics(self, path: Path) -> list[types.Diagnostic]:
        return [self._diagnostic(finding, path) for finding in self._state.of(path)]

    def range_of(self, finding: Finding, path: Path) -> types.Range:
        """Where a finding shows in a file that it has an end in."""
        place = end_in(finding, path)
        assert place is not None
        return self.positions(path).range(place.span)

    def findings_in(self, path: Path, wanted: types.Range) -> list[Finding]:
        """The findings whose end in a file the range touches."""
        span = self.positions(path).span(wanted)
        return [
            finding
            for finding in self._state.of(path)
            if (place := end_in(finding, path))
            and place.span.start <= span.end
            and span.start <= place.span.end
        ]

    def _diagnostic(self, finding: Finding, path: Path) -> types.Diagnostic:
        related = None
        supported = get_capability(
            self._capabilities, "text_document.publish_diagnostics.related_information", False
        )
        notes = list(finding.related)
        if finding.place.path != path:
            notes.insert(0, Note(Role.USE, finding.place, "it is read or looked up here"))
        if supported and notes:
            related = [self._related(note) for note in notes]
        return types.Diagnostic(
            range=self.range_of(finding, path),
            message=message_of(finding),
            severity=_SEVERITIES[finding.severity],
            code=finding.name,
            source=SOURCE,
            related_information=related,
        )

    def _related(self, note: Note) -> types.DiagnosticRelatedInformation:
        path = note.place.path
        return types.DiagnosticRelatedInformation(
            location=types.Location(
                uri_of(path, self._state.buffers), self.positions(path).range(note.place.span)
            ),
            message=note.message or str(note.role),
        )

    def workspace_edit(self, edits: Iterable[Edit]) -> types.WorkspaceEdit:
        """One edit for all files; those that are open only in the version that was analysed."""
        by_path: dict[Path, list[types.TextEdit]] = {}
        for edit in sorted(edits, key=lambda item: (item.path, item.span)):
            text_edit = types.TextEdit(self.positions(edit.path).range(edit.span), edit.content)
            by_path.setdefault(edit.path, []).append(text_edit)
        buffers = self._state.buffers
        if not get_capability(
            self._capabilities, "workspace.workspace_edit.document_changes", False
        ):
            return types.WorkspaceEdit(
                changes={uri_of(path, buffers): edits for path, edits in by_path.items()}
            )
        return types.WorkspaceEdit(
            document_changes=[
                types.TextDocumentEdit(_identifier(path, buffers), list(edits))
                for path, edits in by_path.items()
            ]
        )


def _identifier(
    path: Path, buffers: Mapping[Path, Buffer]
) -> types.OptionalVersionedTextDocumentIdentifier:
    version = buffers[path].version if path in buffers else None
    return types.OptionalVersionedTextDocumentIdentifier(uri_of(path, buffers), version)


def message_of(finding: Finding) -> str:
    """The problem, what it costs, and why there is no safe fix where there is none."""
    lines = [finding.message]
    if finding.cost is not None:
        lines[0] += f" ({_statements(finding.cost)})"
    fix = finding.fix
    conditions = fix.preconditions if fix else finding.preconditions
    open_ones = [item.reason for item in conditions if item.status is not Status.PROVEN]
    if open_ones:
        lines.append("To review: " if fix else "No fix: ")
        lines[-1] += "; ".join(open_ones)
    return "\n".join(lines)


def _statements(cost: Cost) -> str:
    after = f" → {cost.after.statements}" if cost.after else ""
    return f"{cost.before.statements}{after} statements"


def title_of(fix: Fix) -> str:
    """The fix's title; one that needs a look says why."""
    if fix.applicability == "safe":
        return fix.title
    reasons = [item.reason for item in fix.preconditions if item.status is not Status.PROVEN]
    more = f" and {len(reasons) - 1} more" if len(reasons) > 1 else ""
    return f"{fix.title} (review: {reasons[0].rstrip('.')}{more})"


def page_of(finding: Finding) -> str:
    """What a hover says: the problem, and the page of its rule, as Markdown."""
    from codemods.docs import find_rule, page

    return f"{message_of(finding)}\n\n---\n\n{page(find_rule(finding.code))}"
