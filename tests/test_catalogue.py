"""Rules describe themselves, and no rule comes without its proof."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

from codemods import testing
from codemods.finding import Applicability, Finding, Fix, Precondition, Severity, Status
from codemods.rule import NOT_ANALYSED, Rule, catalogue, for_review
from codemods.source import Place, Span

CASES = Path(__file__).parent.parent / "before_after"
SECTIONS = ("What it does", "Why", "Left alone", "Cost")

by_rule = pytest.mark.parametrize("rule", catalogue(), ids=lambda rule: rule.name)


def folder(rule: Rule) -> Path:
    return CASES / rule.name.replace("-", "_")


def test_codes_are_unique() -> None:
    codes = [rule.code for rule in catalogue()] + [NOT_ANALYSED[0]]
    names = [rule.name for rule in catalogue()] + [NOT_ANALYSED[1]]
    assert len(set(codes)) == len(codes)
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"MN\d{3}", code) for code in codes)


@by_rule
def test_file_has_the_name_of_the_rule(rule: Rule) -> None:
    module = inspect.getmodule(rule.find)
    assert module and module.__file__
    assert Path(module.__file__).stem == rule.name.replace("-", "_")


@by_rule
def test_page(rule: Rule) -> None:
    assert rule.summary.endswith("."), rule.summary
    assert len(rule.summary) <= 100
    for section in SECTIONS:
        assert re.search(rf"(?m)^## {section}$", rule.page), f"{rule.name} has no {section!r}"


@by_rule
def test_cases(rule: Rule) -> None:
    rewritten = [case for case in testing.cases(CASES) if case.rule == rule.name]
    left_alone = [file for file in testing.left_alone(CASES) if file.rule == rule.name]
    assert left_alone
    # A rule without a fix shows what it reports in files that are left alone.
    told = rf"# found: {rule.name}\b"
    assert rewritten or any(re.search(told, file.path.read_text("utf-8")) for file in left_alone)


@pytest.mark.parametrize("name", ["load-only", "unused-eager-load", "add-index"])
def test_what_only_people_can_weigh_is_never_safe(name: str, tmp_path: Path) -> None:
    """Not even where all that a fix of theirs asks for should be proven one day."""
    found = next(rule for rule in catalogue() if rule.name == name)
    fix = Fix("Do it", (Precondition("seen", Status.PROVEN, "all is well"),), lambda: ())
    place = Place(tmp_path, Span(0, 0))
    finding = Finding(
        found.code, name, "told", Severity.LOW, place,
        fix=fix, alternatives=(fix,), preconditions=fix.preconditions,
    )  # fmt: skip
    assert finding.applicability is Applicability.SAFE
    held = for_review(found, finding)
    assert held.fix and held.preconditions == held.fix.preconditions
    assert {each.applicability for each in (held.fix, *held.alternatives)} == {Applicability.REVIEW}


def test_every_folder_is_a_rule_or_a_shared_package() -> None:
    known = {folder(rule) for rule in catalogue()} | {CASES / "left_alone", CASES / "seeds"}
    for path in CASES.iterdir():
        if path.is_dir() and not path.name.startswith(("__", ".")):
            assert path in known or (path / "__init__.py").exists(), path.name


@pytest.mark.parametrize("case", testing.cases(CASES), ids=lambda case: case.id)
def test_case_says_its_situation(case: testing.Case) -> None:
    main = case.files("before")[f"{case.main}.py"].decode("utf-8", "replace")
    body = re.sub(r"\A(?:\ufeff|#.*\s+)*", "", main)
    match = re.match(r'[rR]?("""|\'\'\')(.+?)\1', body, re.DOTALL)
    assert match, f"{case.id} has no docstring"
    assert match[2].strip().endswith("."), match[2]


def test_each_rule_can_be_imported_first() -> None:
    """No circle of imports shows, whichever module comes first."""
    code = """
import importlib, pkgutil, sys
import codemods.rules
for info in pkgutil.iter_modules(codemods.rules.__path__):
    for name in [name for name in sys.modules if name.startswith("codemods.orm")]:
        del sys.modules[name]
    importlib.import_module(f"codemods.rules.{info.name}")
"""
    subprocess.run([sys.executable, "-c", code], check=True)
