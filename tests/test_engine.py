"""`check`, `diff` and `apply` on a small project."""

from __future__ import annotations

import ast
import gc
import os
from pathlib import Path

import pytest
from small_project import CLEAN, ONE, TWO_ON_ONE_QUERY, make

from codemods import apply, check, diff, edits_of
from codemods.edits import apply_edits
from codemods.engine import ConfigurationError, SelectionError
from codemods.finding import Applicability
from codemods.orm.frames import Program
from codemods.results import Changes, Report


def _named(report: Report) -> list[tuple[str, str, int]]:
    found = []
    for finding in report.findings:
        start, _ = report.locations(finding.place)
        found.append((finding.code, finding.place.path.name, start.row))
    return found


def _snapshot(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def _after(changes: Changes, name: str) -> str:
    (found,) = (change for change in changes.files if change.path.name == name)
    ast.parse(found.after)
    return found.after.decode()


def test_check_finds_what_is_read_per_row(tmp_path: Path) -> None:
    make(tmp_path, one=ONE, clean=CLEAN)
    report = check([tmp_path])
    assert _named(report) == [("MN101", "one.py", 9)]
    assert report.files == 4
    assert not report.trouble
    assert report.findings[0].applicability is Applicability.SAFE
    assert report.source(tmp_path / "app/one.py").slice(report.findings[0].place.span) == (
        "order.customer"
    )


def test_paths_limit_what_is_reported_not_what_is_known(tmp_path: Path) -> None:
    make(tmp_path, one=ONE, two=TWO_ON_ONE_QUERY, clean=CLEAN)
    assert _named(check([tmp_path / "app/one.py"])) == [("MN101", "one.py", 9)]
    assert _named(check([tmp_path / "app/models.py", tmp_path / "app/clean.py"])) == []


def test_every_path_belongs_to_its_own_project(tmp_path: Path) -> None:
    make(tmp_path / "first", one=ONE)
    make(tmp_path / "second", one=TWO_ON_ONE_QUERY)
    report = check([tmp_path / "second" / "app", tmp_path / "first" / "app" / "one.py"])
    assert len(report.findings) == 3
    assert set(report.projects) == {tmp_path / "first", tmp_path / "second"}
    changes = diff([tmp_path / "first", tmp_path / "second"])
    assert len(changes.applied) == 3
    assert len(changes.files) == 2


def test_a_broken_project_does_not_stop_another(tmp_path: Path) -> None:
    make(tmp_path / "first", one=ONE)
    make(tmp_path / "second", one=ONE)
    (tmp_path / "first/pyproject.toml").write_text("[tool.minusn]\nslect = []\n")
    report = check([tmp_path / "first", tmp_path / "second"])
    assert len(report.findings) == 1
    assert report.trouble
    assert (report.failures[0].path.parent.name, report.failures[0].row) == ("first", 2)
    with pytest.raises(ConfigurationError):
        check([tmp_path / "first"])


def test_diff_writes_nothing_and_apply_writes_the_same(tmp_path: Path) -> None:
    make(tmp_path, one=ONE, two=TWO_ON_ONE_QUERY)
    before = _snapshot(tmp_path)
    planned = diff([tmp_path])
    assert _snapshot(tmp_path) == before
    written = apply([tmp_path])
    assert [f.path for f in planned.files] == [f.path for f in written.files]
    for change in planned.files:
        assert change.path.read_bytes() == change.after
    assert not written.left
    assert not written.failures


def test_what_check_calls_safe_apply_writes(tmp_path: Path) -> None:
    make(tmp_path, one=ONE, two=TWO_ON_ONE_QUERY)
    safe = [f for f in check([tmp_path]).findings if f.applicability is Applicability.SAFE]
    assert len(safe) >= 3
    changes = apply([tmp_path])
    assert len(changes.applied) == len(safe)
    again = check([tmp_path])
    assert [f for f in again.findings if f.applicability is Applicability.SAFE] == []
    assert apply([tmp_path]).files == ()


def test_fixes_of_one_query_become_one_call(tmp_path: Path) -> None:
    make(tmp_path, two=TWO_ON_ONE_QUERY)
    changes = diff([tmp_path])
    text = _after(changes, "two.py")
    assert text.count(".options(") == 1
    assert "Order.customer" in text
    assert "Order.seller" in text
    assert len(changes.applied) == 2


def test_every_fix_is_valid_alone(tmp_path: Path) -> None:
    make(tmp_path, two=TWO_ON_ONE_QUERY)
    report = check([tmp_path])
    path = tmp_path / "app/two.py"
    for finding, mine, other in zip(
        report.findings, ("customer", "seller"), ("seller", "customer"), strict=True
    ):
        text = apply_edits(report.source(path), edits_of(finding, report)).decode()
        ast.parse(text)
        assert f"selectinload(Order.{mine})" in text
        assert f"selectinload(Order.{other})" not in text


def test_an_overlay_stands_for_the_file(tmp_path: Path) -> None:
    make(tmp_path, one=CLEAN)
    path = tmp_path / "app/one.py"
    new = tmp_path / "app/new.py"
    overlay = {path: ONE.encode(), new: ONE.encode()}
    report = check([path, new], overlay=overlay)
    assert [name for _, name, _ in _named(report)] == ["new.py", "one.py"]
    changes = diff([path], overlay=overlay)
    assert "selectinload" in _after(changes, "one.py")
    assert path.read_text().startswith("def total")


def test_selection(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)
    assert check([tmp_path], select=["eager-load"]).findings
    assert check([tmp_path], select=["MN1,MN3"]).findings
    assert not check([tmp_path], ignore=["mn101"]).findings
    assert not check([tmp_path], select=["MN101"], ignore=["eager-load"]).findings
    with pytest.raises(SelectionError, match="did you mean `eager-load`"):
        check([tmp_path], select=["eager-laod"])
    with pytest.raises(SelectionError, match="MN9"):
        check([tmp_path], ignore=["MN9"])


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ('ignore = ["MN101"]', 0),
        ('select = ["MN301"]', 0),
        ('per-file-ignores = { "app/o*.py" = ["eager-load"] }', 0),
        ('per-file-ignores = { "tests/*" = ["eager-load"] }', 1),
        ('exclude = ["app/one.py"]', 0),
    ],
)
def test_settings_select(tmp_path: Path, lines: str, count: int) -> None:
    make(tmp_path, one=ONE)
    (tmp_path / "pyproject.toml").write_text(f"[tool.minusn]\n{lines}\n")
    assert len(check([tmp_path]).findings) == count


def test_an_unknown_rule_in_the_settings_has_its_line(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)
    (tmp_path / "pyproject.toml").write_text("[tool.minusn]\n\nignore = ['eager']\n")
    with pytest.raises(ConfigurationError) as caught:
        check([tmp_path])
    assert caught.value.row == 3


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("order.customer.name)", "order.customer.name)  # minusn: ignore", 0),
        (".all():", ".all():  # minusn: ignore[eager-load]", 0),
        (".all():", ".all():  # minusn: ignore[MN3]", 1),
        ("    return result", "    return result  # minusn: ignore", 1),
        ("from app", "# minusn: ignore-file\nfrom app", 0),
    ],
)
def test_suppression(tmp_path: Path, old: str, new: str, count: int) -> None:
    make(tmp_path, one=ONE.replace(old, new))
    assert len(check([tmp_path]).findings) == count
    assert len(diff([tmp_path]).applied) == count


def test_a_file_that_does_not_parse(tmp_path: Path) -> None:
    make(tmp_path, one=ONE, broken="import sqlalchemy\ndef f(:\n")
    broken = tmp_path / "app/broken.py"
    report = check([tmp_path])
    assert ("MN001", "broken.py", 2) in _named(report)
    assert len(report.problems) == 1
    assert not report.trouble
    assert check([tmp_path], strict=True).trouble
    assert check([broken]).trouble
    assert check([tmp_path], ignore=["not-analysed"]).skipped != ()
    assert len(check([tmp_path], ignore=["not-analysed"]).findings) == 1
    assert len(diff([tmp_path]).applied) == 1


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)
    (tmp_path / "app/odd.py").write_bytes(b"import sqlalchemy\nx = '\xff'\n")
    report = check([tmp_path])
    assert ("MN001", "odd.py", 1) in _named(report)


def test_a_missing_path_is_trouble_and_the_rest_goes_on(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)
    report = check([tmp_path / "nowhere.py", tmp_path / "app"])
    assert report.trouble
    assert [item.path.name for item in report.skipped] == ["nowhere.py"]
    assert len(report.findings) == 1


def test_a_file_that_changes_after_it_was_read_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, one=ONE, two=TWO_ON_ONE_QUERY)
    path = tmp_path / "app/one.py"

    def change_it(done: int, total: int) -> None:
        if done == total:
            path.write_text("# somebody else's\n")

    changes = apply([tmp_path], progress=change_it)
    assert path.read_text() == "# somebody else's\n"
    assert "selectinload" in (tmp_path / "app/two.py").read_text()
    assert changes.trouble
    assert [f.path for f in changes.failures] == [path]


def test_apply_leaves_nothing_behind(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)
    path = tmp_path / "app/one.py"
    os.chmod(path, 0o640)
    names = set(_snapshot(tmp_path))
    apply([tmp_path])
    assert set(_snapshot(tmp_path)) == names
    assert path.stat().st_mode & 0o777 == 0o640


def test_progress_ends_at_its_total(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)
    steps: list[tuple[int, int]] = []
    check([tmp_path], progress=lambda done, total: steps.append((done, total)))
    assert steps == [(done, 6) for done in range(1, 7)]


def test_a_run_is_repeatable(tmp_path: Path) -> None:
    make(tmp_path, one=ONE, two=TWO_ON_ONE_QUERY)
    first, second = check([tmp_path]), check([tmp_path])
    assert first.findings == second.findings
    places = [finding.place for finding in first.findings]
    assert places == sorted(places)


def test_what_is_known_of_a_project_goes_with_its_report(tmp_path: Path) -> None:
    """A server checks for days: nothing may hold on to the projects that it has looked at."""
    make(tmp_path, one=ONE, clean=CLEAN)
    before = {id(item): item for item in _programs()}  # other tests may hold some
    report = check([tmp_path])
    assert report.problems
    assert any(id(item) not in before for item in _programs())
    del report
    gc.collect()
    assert not [item for item in _programs() if id(item) not in before]


def _programs() -> list[Program]:
    return [item for item in gc.get_objects() if isinstance(item, Program)]
