"""Everything that has to hold of a golden case, as functions that raise AssertionError."""

from __future__ import annotations

import io
import tokenize
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from codemods import engine
from codemods.finding import Applicability, Finding
from codemods.formula import evaluate
from codemods.source import SourceFile
from codemods.testing.case import Case, LeftAlone, Side
from codemods.testing.markers import compare_markers

if TYPE_CHECKING:
    from codemods.edits import Edit
    from codemods.results import Changes, Report
    from codemods.testing.run import Run


def check_rewrite(case: Case, report: Report, folder: Path, bless: bool = False) -> None:
    """The tool makes exactly `after` of `before`, and all that holds of the texts alone.

    Args:
        report: that of `check_case`.
        folder: an empty one, for copies of what the tool makes.
        bless: write what the tool makes to the case instead of comparing it.
    """
    project = report.root
    paths = case.project(project)
    reviewed = safe = engine.diff(paths, root=project, review=True, select=case.rules)
    if any(finding.applicability is not Applicability.SAFE for finding in reviewed.applied):
        safe = engine.diff(paths, root=project, select=case.rules)
    _check_found(case, report, reviewed, safe)
    made = _contents(case, project, reviewed)
    if not case.fixed:
        assert not reviewed.files, f"{case.id}: a fix changes something"
        return
    if bless:
        case.write("after", made)
    assert reviewed.files, f"{case.id}: no fix changes anything"
    for name, content in case.files("after").items():
        assert made[name].decode() == content.decode(), f"{case.id}: {name} is not as in `after`"
    assert set(made) == set(case.files("after")), f"{case.id}: other files than in `after`"
    _check_editor(case, report, reviewed)
    certain = _contents(case, project, safe)
    if safe.files:
        _check_again(case, folder / "safe", certain, review=False)
    if made != certain:
        _check_again(case, folder / "reviewed", made, review=True)
    for name, before in case.files("before").items():
        if name.endswith(".py"):
            _check_layout(f"{case.id}/{name}", before, made[name], project)


def check_case(case: Case, folder: Path) -> Report:
    """What the case's rules find, in a copy of the case in the empty `folder`."""
    return engine.check(case.project(folder), root=folder, select=case.rules)


def check_behaviour(case: Case, runs: Sequence[Run], report: Report) -> None:
    """Both sides do the same, and `after` sends no more statements and in the end fewer.

    A rule that lets the database do the work takes fewer rows from as many statements instead.

    Args:
        report: that of `check_case`.
    """
    findings = report.problems
    fixes = sum(finding.fix is not None for finding in findings)
    none = {run.before.queries for run in runs if run.n == 0}
    time, fewer_rows = (case.option("SAVES") == name for name in ("time", "rows"))
    for run in runs:
        where = f"{case.id} at N = {run.n}"
        broken = (run.before.exception or "").startswith(_MISTAKES)
        assert not broken, f"{where}: `before` does not work: {run.before.exception}"
        differences = run.before.differences(run.after)
        if not case.option("FLUSHES", True):
            differences = [name for name in differences if name != "rows"]
        assert not differences, f"{where}: {_explained(run, differences)}"
        before = run.before.queries + run.before.writes
        after = run.after.queries + run.after.writes
        allowed = fixes if run.before.queries in none else 0
        assert (
            time or fewer_rows or after <= before + allowed
        ), f"{where}: {before} statements became {after}"
    last = runs[-1]
    asked, rest = (last.before.queries, last.before.fetched), (
        last.after.queries,
        last.after.fetched,
    )
    if time:
        return
    if case.option("SAVES") == "writes":
        asked, rest = (last.before.writes, 0), (last.after.writes, 0)
    if fewer_rows:
        asked, rest = (last.before.fetched, 0), (last.after.fetched, 0)
    assert rest < asked or not case.fixed, f"{case.id}: nothing is saved"
    for run in runs:
        _check_cost(case, findings, run)


# What no code that is worth a case raises.
_MISTAKES = ("AttributeError(", "NameError(", "ImportError(", "ModuleNotFoundError(")


def statements_text(case: Case, runs: Sequence[Run], report: Report) -> str:
    """The text of `statements.txt`: each finding with its cost, and what was counted.

    Args:
        report: that of `check_case`.
    """
    lines = []
    for finding in report.problems:
        start, _ = report.locations(finding.place)
        fix = finding.fix.applicability if finding.fix else "no fix"
        name = finding.place.path.relative_to(report.root).as_posix()
        lines.append(f"{finding.name} {name}:{start.row}:{start.column} {fix}")
        if finding.cost:
            after = finding.cost.after.statements if finding.cost.after else "-"
            lines.append(f"    {finding.cost.before.statements} → {after}")
    writes = any(run.before.writes or run.after.writes for run in runs)
    fetched = case.fixed and runs[-1].before.queries == runs[-1].after.queries
    fetched = fetched or case.option("SAVES") == "rows"
    head = ("N", "before", "after", *(("writes before", "after") if writes else ()))
    head += ("rows before", "after") if fetched else ()
    rows = [
        (run.n, run.before.queries, run.after.queries)
        + ((run.before.writes, run.after.writes) if writes else ())
        + ((run.before.fetched, run.after.fetched) if fetched else ())
        for run in runs
    ]
    lines.append("")
    lines += ["  ".join(f"{cell:>6}" for cell in row) for row in (head, *rows)]
    return "\n".join(lines) + "\n"


def reads(text: str) -> str:
    """The text of a `statements.txt` without the statements that write.

    How many rows of a flush go in one statement differs between versions of SQLAlchemy.
    """
    findings, _, table = text.rpartition("\n\n")
    rows = [row[:22] for row in table.splitlines()]
    return "\n".join([findings, "", *rows]) + "\n"


def check_left_alone(file: LeftAlone, folder: Path) -> None:
    """The file is not edited, and findings are exactly on the lines that have a marker."""
    path = file.project(folder)
    select = (file.rule,) if file.rule else ()
    report = engine.check([path], root=folder, select=select)
    assert not report.trouble, f"{file.id}: {report.failures or report.skipped}"
    text = path.read_bytes().decode()
    reviewed = compare_markers(file.id, text, report)
    # what a safe fix edits, `--review` edits as well
    for review in (False, True) if reviewed else (True,):
        changes = engine.diff([path], root=folder, select=select, review=review)
        assert not changes.failures, f"{file.id}: {changes.failures}"
        edited = [change.path.name for change in changes.files]
        expected = [path.name] if review and reviewed else []
        assert edited == expected, f"{file.id}: diff(review={review}) edits {edited}"


def _check_found(case: Case, report: Report, reviewed: Changes, safe: Changes) -> None:
    """The rule finds a fix for its case, and only the case's own files are edited."""
    assert not report.trouble, f"{case.id}: {report.failures or report.skipped}"
    assert not reviewed.trouble, f"{case.id}: {reviewed.failures or reviewed.skipped}"
    assert not reviewed.outside, f"{case.id}: edits {reviewed.outside}, which are not the case's"
    fixable = [finding for finding in report.problems if finding.fix]
    certain = [finding for finding in fixable if finding.applicability is Applicability.SAFE]
    own = {case.rule} & set(case.rules) or set(case.rules)
    found = any(finding.name in own for finding in fixable)
    assert found or not case.fixed, f"{case.id}: {', '.join(own)} finds no fix"
    assert _keys(safe.applied) == _keys(
        certain
    ), f"{case.id}: safe fixes are not what `apply` takes"


def _contents(case: Case, project: Path, changes: Changes) -> dict[str, bytes]:
    """The case's files as the changes leave them."""
    contents = {change.path: change.after for change in changes.files}
    return {
        name: contents.get(project / name, content)
        for name, content in case.files("before").items()
    }


def _keys(findings: Sequence[Finding]) -> Counter[tuple[str, object]]:
    return Counter((finding.code, finding.place) for finding in findings)


def _check_editor(case: Case, report: Report, changes: Changes) -> None:
    """Edits put into the text as an editor does give what `diff` gives."""
    for change in changes.files:
        made = _edited(SourceFile(change.path, change.before), change.edits)
        assert made == change.after, f"{case.id}: an editor makes another {change.path.name}"
    fixed = [finding for finding in report.problems if finding.fix]
    if len(fixed) == 1:
        edits = engine.edits_of(fixed[0], report)
        for change in changes.files:
            own = [edit for edit in edits if edit.path == change.path]
            made = _edited(SourceFile(change.path, change.before), own)
            assert made == change.after, f"{case.id}: the quick fix makes another text"


def _edited(source: SourceFile, edits: Sequence[Edit]) -> bytes:
    """The bytes after `edits`, put in one after the other from the end, by row and column."""
    lines = [source.text[i:j] for i, j in _line_ranges(source)]
    for edit in sorted(edits, key=lambda item: item.span, reverse=True):
        start, end = source.locations(edit.span)
        head = lines[start.row - 1][: start.column - 1]
        tail = lines[end.row - 1][end.column - 1 :]
        lines[start.row - 1 : end.row] = [head + edit.content + tail]
    return source.encode("".join(lines))


def _line_ranges(source: SourceFile) -> list[tuple[int, int]]:
    starts = [source.line_start(row) for row in range(1, source.rows + 1)]
    return list(zip(starts, [*starts[1:], len(source.text)], strict=True))


def _check_again(case: Case, folder: Path, made: Mapping[str, bytes], *, review: bool) -> None:
    """A second run changes nothing."""
    paths = case.project(folder)
    for name, content in made.items():
        (folder / name).write_bytes(content)
    again = engine.diff(paths, root=folder, review=review, select=case.rules)
    assert not again.files, f"{case.id}: a second run changes {again.files}"


def _check_layout(name: str, before: bytes, after: bytes, project: Path) -> None:
    lost = _comments(before) - _comments(after)
    assert not lost, f"{name}: comments are lost: {sorted(lost)}"
    compile(after, name, "exec")
    if _black(before, project) == before:
        assert _black(after, project) == after, f"{name}: black would change `after`"


def _comments(content: bytes) -> Counter[str]:
    tokens = tokenize.tokenize(io.BytesIO(content).readline)
    return Counter(token.string for token in tokens if token.type == tokenize.COMMENT)


def _black(content: bytes, project: Path) -> bytes:
    import black
    from black.const import DEFAULT_LINE_LENGTH
    from black.report import NothingChanged

    settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    options = settings.get("tool", {}).get("black", {})
    mode = black.Mode(
        line_length=options.get("line-length", DEFAULT_LINE_LENGTH),
        string_normalization=not options.get("skip-string-normalization", False),
        magic_trailing_comma=not options.get("skip-magic-trailing-comma", False),
    )
    source = SourceFile(project, content)
    try:
        return source.encode(black.format_file_contents(source.text, fast=True, mode=mode))
    except NothingChanged:
        return content


def _explained(run: Run, differences: Sequence[str]) -> str:
    texts = []
    for name in differences:
        before, after = getattr(run.before, name), getattr(run.after, name)
        texts.append(f"{name} differs:\n  before {before!r}\n  after  {after!r}")
    return "; ".join(texts)


def _check_cost(case: Case, findings: Sequence[Finding], run: Run) -> None:
    """The formulas of the findings, at the sizes of the data, are what was counted."""
    counted = (run.before.queries, run.after.queries)
    if case.option("SAVES") == "writes":
        counted = (run.before.writes, run.after.writes)
    where = f"{case.id} at N = {run.n} with {dict(run.sizes)}"
    expected = case.option("statements")
    if expected is not None:
        assert tuple(expected(run.sizes)) == counted, f"{where}: {counted} statements were counted"
        return
    other = case.option("other")
    extra = other(run.sizes) if other else 0
    costs = [
        (_value(finding, run.sizes, "before"), _value(finding, run.sizes, "after"))
        for finding in findings
        if finding.fix
    ]
    if len(costs) == 1:
        formulas = (costs[0][0] + extra, costs[0][1] + extra)
        assert formulas == counted, f"{where}: the formulas give {formulas}, counted {counted}"
        return
    saved = sum(before - after for before, after in costs)
    assert (
        saved == counted[0] - counted[1]
    ), f"{where}: the formulas save {saved}, counted {counted}"


def _value(finding: Finding, sizes: Mapping[str, int], side: Side) -> int:
    assert finding.cost and finding.cost.after, f"{finding.message}: a fix without a cost"
    amount = finding.cost.before if side == "before" else finding.cost.after
    return evaluate(amount.statements, sizes)
