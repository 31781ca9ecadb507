"""A person's audit of a service layer, held against what is found in the same functions.

The audit names 22 problems in 10 services, with the statements that each costs, and 17 services
that have none. `before_after/seeds` has a case for each problem, and the clean services.
"""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from codemods import engine
from codemods.report.document import Document, Section, document
from codemods.results import Report
from codemods.settings import Settings
from codemods.testing import Case

SEEDS = Path(__file__).parent.parent / "before_after" / "seeds"
TODAY = date(2026, 2, 18)
IGNORED = shutil.ignore_patterns("__pycache__")

# The audit's words for a problem, and the rules that are about it.
KINDS = {
    "N+1": {"hoist-lookup", "hoist-invariant", "batch-helper", "fetch-window", "like-lookup"},
    "Redundant": {"merge-counts", "merge-queries"},
    "Missing eager load": {"eager-load"},
}

# Number, file, function, problem, extra statements of one call; the case is called as the function
# if nothing else is said.
FOUND = [
    ("1.1", "operational_metrics_service", "calculate_mttd", "N+1", "2·tests"),
    ("1.2", "operational_metrics_service", "calculate_mttr", "N+1", "tests"),
    ("1.3", "operational_metrics_service", "get_operational_trend", "N+1", "weeks"),
    ("1.4", "operational_metrics_service", "calculate_rejection_rate", "Redundant", "5"),
    # The audit says 5, which is how many there are; 2 of them are needed.
    ("2.1", "scoring_service", "calculate_technique_score", "Redundant", "3"),
    ("2.2", "scoring_service", "calculate_tactic_score", "N+1", "5·techniques"),
    ("2.3", "scoring_service", "calculate_actor_coverage_score", "N+1", "5·techniques"),
    ("2.4", "scoring_service", "calculate_organization_score", "N+1", "5·all_techniques"),
    ("2.5", "scoring_service", "calculate_organization_score", "N+1", "5·critical_techniques"),
    ("3.1", "d3fend_import_service", "_upsert_techniques", "N+1", "techniques"),
    ("3.2", "d3fend_import_service", "import_d3fend_mappings", "N+1", "d3fend_ids"),
    (
        "3.3", "d3fend_import_service", "get_defenses_for_technique", "Missing eager load",
        "defensive_techniques",
    ),
    (
        "4.1", "report_generation_service", "generate_purple_campaign_report", "N+1",
        "campaign_tests",
    ),
    ("5.1", "osint_enrichment_service", "enrich_technique_with_cves", "N+1", "vulns"),
    (
        "5.2", "osint_enrichment_service", "enrich_all_techniques", "N+1",
        "techniques·vulns",
    ),
    ("6.1", "campaign_service", "get_campaign_progress", "Missing eager load", "tests"),
    ("6.2", "campaign_service", "generate_campaign_from_threat_actor", "N+1", "gap_techniques"),
    ("7.1", "campaign_scheduler_service", "_clone_campaign", "Missing eager load", "tests"),
    (
        "7.2", "campaign_scheduler_service", "check_and_run_recurring_campaigns", "N+1",
        "due_campaigns",
    ),
    ("8.1", "snapshot_service", "create_snapshot", "N+1", "5·techniques"),
    ("9.1", "status_service", "recalculate_technique_status", "Missing eager load", "1"),
    # The audit says 2 of 3, for a CTE; the first row is fetched for its key, and two are needed.
    ("10.1", "test_workflow_service", "get_retest_chain", "Redundant", "1"),
]  # fmt: skip

CASES = {"2.5": "calculate_organization_score_critical"}

CLEAN = {
    "audit_service": "only inserts",
    "atomic_import_service": "fetches existing_ids before the loop that adds rows",
    "caldera_import_service": "fetches existing_ids before the loop that adds rows",
    "compliance_import_service": (
        "fetches all_techniques, existing_controls, existing_mappings before the loop that adds rows"
    ),
    "elastic_import_service": "fetches existing_ids before the loop that adds rows",
    "intel_service": "fetches techniques, existing_urls before the loop that adds rows",
    "jira_service": "queries only outside of loops, and no relationship read per row",
    "lolbas_import_service": "fetches existing_ids before the loop that adds rows",
    "mitre_sync_service": "fetches existing_techniques before the loop that adds rows",
    "notification_service": "one query per function, and no relationship read per row",
    "report_engine": None,
    "score_cache": None,
    "sigma_import_service": "fetches existing_ids before the loop that adds rows",
    "stale_detection_service": "one query",
    "tempo_service": "one query",
    "threat_actor_import_service": (
        "fetches existing_actors, technique_by_mitre_id, existing_rels before the loop that adds "
        "rows"
    ),
    "worklog_service": "one query per function",
}


@cache
def checked(number: str, function: str) -> Report:
    case = Case(SEEDS / CASES.get(number, function.removeprefix("_")))
    with TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        shutil.copytree(SEEDS.parent / "soc", root / "soc", ignore=IGNORED)
        for name, content in case.files("before").items():
            (root / name).write_bytes(content)
        report = engine.check([root], root=root)
        for finding in report.problems:
            report.source(finding.place.path)
    assert not report.trouble, report.failures
    return report


def sections(report: Report, kind: str) -> list[tuple[str, str, str]]:
    """File, function and extra statements of the findings that are about a kind of problem."""
    findings = tuple(f for f in report.problems if f.name in KINDS[kind])
    made = document(Report(report.root, findings=findings, sources=report.sources), TODAY)
    return [(Path(s.file).stem, s.function, s.extra) for s in made.sections]


@pytest.mark.parametrize(
    ("number", "file", "function", "kind", "extra"), FOUND, ids=[row[0] for row in FOUND]
)
def test_what_the_audit_names_is_found(
    number: str, file: str, function: str, kind: str, extra: str
) -> None:
    """The case has this row of the audit, and no others than the audit has."""
    found = sections(checked(number, function), kind)
    assert (file, function, extra) in found
    assert len(found) == 1 or {*found} <= {row[1:3] + row[4:] for row in FOUND}


def test_every_row_has_a_case_of_its_own() -> None:
    rows = [(row[0], row[2]) for row in FOUND]
    named = {CASES.get(number, function.removeprefix("_")) for number, function in rows}
    assert len(rows) == len(named) == 22
    assert named == {path.parent.name for path in SEEDS.glob("*/scenario.py")}


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clean services, and those of which the numbers are known, as one project."""
    root = tmp_path_factory.mktemp("backend").resolve()
    shutil.copytree(SEEDS.parent / "soc", root / "soc", ignore=IGNORED)
    for path in sorted((SEEDS / "left_alone").glob("*.py")):
        shutil.copy(path, root)
    for case in ("calculate_organization_score", "create_snapshot"):
        for path in (SEEDS / case / "before").glob("*.py"):
            shutil.copy(path, root)
    shutil.copy(SEEDS / "calculate_organization_score" / "before" / "scoring_service.py", root)
    return root


@pytest.fixture(scope="module")
def audit(services: Path) -> Document:
    settings = Settings(
        sqlalchemy=((1, 4), (2, 1)),
        database=("postgresql",),
        sizes=(("all_techniques", 700), ("techniques", 700)),
    )
    return document(engine.check([services], root=services, settings=settings, clean=True), TODAY)


def test_why_the_clean_services_are_clean(audit: Document) -> None:
    told = {Path(name).stem: reason for name, reason in audit.clean}
    silent = {Path(name).stem for name in audit.silent}
    assert {name: told.get(name) for name in CLEAN} == CLEAN
    assert {name for name, reason in CLEAN.items() if reason is None} <= silent
    assert len(CLEAN) == len(list((SEEDS / "left_alone").glob("*.py"))) == 17


def test_the_numbers_of_the_audit(audit: Document) -> None:
    found: dict[str, Section] = {section.function: section for section in audit.sections}
    for function in ("calculate_organization_score", "create_snapshot"):
        section = found[function]
        assert (section.count, section.priority) == (3500, "P0")
