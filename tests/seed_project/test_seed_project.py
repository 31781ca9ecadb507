"""The service layer of a real audit: what it names is found, and what it calls clean is silent.

`app` has a function for each of the audit's 22 findings and a file for each of its 17 clean ones.
"""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from codemods import engine
from codemods.results import Report

EAGER_LOAD, HOIST_LOOKUP, MERGE_COUNTS = "MN101", "MN201", "MN301"
FETCH_WINDOW, LIKE_LOOKUP, MERGE_QUERIES = "MN207", "MN208", "MN306"
RULES = (EAGER_LOAD, HOIST_LOOKUP, FETCH_WINDOW, LIKE_LOOKUP, MERGE_COUNTS, MERGE_QUERIES)

FOUND = {
    ("operational_metrics_service", "calculate_mttd"): (HOIST_LOOKUP, HOIST_LOOKUP),
    ("operational_metrics_service", "calculate_mttr"): (HOIST_LOOKUP,),
    ("operational_metrics_service", "calculate_rejection_rate"): (MERGE_COUNTS,),
    ("operational_metrics_service", "get_operational_trend"): (FETCH_WINDOW,),
    ("scoring_service", "calculate_technique_score"): (MERGE_QUERIES, MERGE_QUERIES),
    ("workflow_service", "get_retest_chain"): (MERGE_QUERIES,),
    ("d3fend_import_service", "_upsert_techniques"): (HOIST_LOOKUP,),
    ("d3fend_import_service", "import_d3fend_mappings"): (HOIST_LOOKUP,),
    ("d3fend_import_service", "get_defenses_for_technique"): (EAGER_LOAD,),
    ("report_generation_service", "generate_purple_campaign_report"): (HOIST_LOOKUP,),
    ("osint_enrichment_service", "enrich_technique_with_cves"): (LIKE_LOOKUP,),
    ("campaign_service", "get_campaign_progress"): (EAGER_LOAD,),
    ("campaign_service", "generate_campaign_from_threat_actor"): (HOIST_LOOKUP,),
    ("campaign_scheduler_service", "_clone_campaign"): (EAGER_LOAD,),
}

# An invariant query, or queries of what a function calls.
BEYOND_THESE_RULES = {
    ("scoring_service", "calculate_tactic_score"),
    ("scoring_service", "calculate_actor_coverage_score"),
    ("scoring_service", "calculate_organization_score"),
    ("osint_enrichment_service", "enrich_all_techniques"),
    ("campaign_scheduler_service", "check_and_run_recurring_campaigns"),
    ("snapshot_service", "create_snapshot"),
    ("status_service", "recalculate_technique_status"),
}

CLEAN = (
    "audit_service", "atomic_import_service", "caldera_import_service",
    "compliance_import_service", "elastic_import_service", "intel_service", "jira_service",
    "lolbas_import_service", "mitre_sync_service", "notification_service", "report_engine",
    "score_cache", "sigma_import_service", "stale_detection_service", "tempo_service",
    "threat_actor_import_service", "worklog_service",
)  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project outside of this repository's tests."""
    root = tmp_path_factory.mktemp("attack") / "backend"
    shutil.copytree(Path(__file__).parent, root, ignore=shutil.ignore_patterns("test_*", "__py*"))
    return root


@pytest.fixture(scope="module")
def report(project: Path) -> Report:
    report = engine.check([project], root=project)
    assert not report.trouble
    return report


def codes(report: Report, file: str, function: str | None = None) -> list[str]:
    return [
        finding.code
        for finding in report.findings
        if finding.place.path.stem == file
        and (function is None or finding.function == function)
        and finding.code in RULES
    ]


@pytest.mark.parametrize(("file", "function"), FOUND, ids="-".join)
def test_what_the_audit_found_is_found(report: Report, file: str, function: str) -> None:
    assert Counter(codes(report, file, function)) == Counter(FOUND[file, function])


@pytest.mark.parametrize(("file", "function"), sorted(BEYOND_THESE_RULES), ids="-".join)
def test_what_other_rules_are_for_is_not_reported(report: Report, file: str, function: str) -> None:
    assert codes(report, file, function) == []


@pytest.mark.parametrize("file", CLEAN)
def test_clean_files_are_silent(report: Report, project: Path, file: str) -> None:
    assert (project / "app" / "services" / f"{file}.py").exists()
    assert codes(report, file) == []


def test_the_rejection_rate_becomes_one_query(project: Path) -> None:
    service = project / "app" / "services" / "operational_metrics_service.py"
    changes = engine.diff([service], root=project, select=[MERGE_COUNTS])
    assert not changes.failures
    (change,) = changes.files
    text = change.after.decode()
    assert text.count("func.count(") == 6
    assert text.count(".one()") == 1
    assert "select_from" not in text
    body = text.partition("def calculate_rejection_rate")[2].partition("\ndef ")[0]
    assert body.count("db.query(") == 1
