"""There is no database in here."""

from __future__ import annotations

import html
from collections import defaultdict
from typing import Any


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.1f}"
    return html.escape(str(value))


def render_table(headers: list[str], rows: list[dict[str, Any]]) -> str:
    head = "".join(f"<th>{html.escape(name)}</th>" for name in headers)
    body = []
    for row in rows:
        cells = "".join(f"<td>{_cell(row.get(name))}</td>" for name in headers)
        body.append(f"<tr>{cells}</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def group_by_tactic(techniques: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for technique in techniques:
        for tactic in (technique.get("tactic") or "unknown").split(","):
            groups[tactic.strip()].append(technique)
    return {tactic: sorted(items, key=lambda t: t["mitre_id"]) for tactic, items in groups.items()}


def render_report(title: str, techniques: list[dict[str, Any]]) -> str:
    parts = [f"<h1>{html.escape(title)}</h1>"]
    for tactic, items in sorted(group_by_tactic(techniques).items()):
        parts.append(f"<h2>{html.escape(tactic)}</h2>")
        parts.append(render_table(["mitre_id", "name", "score"], items))
    return "\n".join(parts)
