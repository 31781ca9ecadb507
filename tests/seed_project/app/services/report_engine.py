from collections import defaultdict


def render_matrix(techniques: list[dict]) -> dict[str, list[str]]:
    columns: dict[str, list[str]] = defaultdict(list)
    for technique in techniques:
        columns[technique["tactic"]].append(technique["mitre_id"])
    return dict(columns)
