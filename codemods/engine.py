"""`check`, `diff` and `apply`: what every interface calls.

PATHS say what is reported and fixed; what is known is the whole project around each of them.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import combinations
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from codemods.facts.parse import parse
from codemods.finding import Finding, Fix, Severity
from codemods.project.config import ConfigurationError, load_settings
from codemods.project.discovery import Disk, Skipped, project_root, python_files
from codemods.results import Changes, Clean, Failure, FileChange, Report, Timing
from codemods.rule import NOT_ANALYSED
from codemods.selection import Selection, SelectionError
from codemods.settings import Settings
from codemods.source import Place, Span
from codemods.union import in_order
from codemods.workspace import Workspace, concerns

if TYPE_CHECKING:
    from codemods.edits import Edit

__all__ = [
    "Changes", "ConfigurationError", "Failure", "FileChange", "Report", "SelectionError",
    "apply", "check", "diff", "edits_of", "edits_together",
]  # fmt: skip

Progress = Callable[[int, int], None]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let garbage wait: trees have no cycles, and looking for some takes two fifths of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_uncollected()
def check(
    paths: Sequence[Path | str] = (".",),
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    overlay: Mapping[Path, bytes] | None = None,
    settings: Settings | None = None,
    root: Path | None = None,
    progress: Progress | None = None,
    strict: bool = False,
    timing: Timing | None = None,
    clean: bool = False,
) -> Report:
    """Report what the rules find in files and folders.

    Args:
        paths: files and folders; each is checked with all of its own project in view.
        select: names, codes or code prefixes of the rules to run; all of them if empty.
        ignore: rules not to run.
        overlay: bytes that stand for a file's content, which need not be on disk.
        settings: instead of those of `[tool.minusn]`.
        root: the project's folder, instead of the nearest with a `pyproject.toml` or `.git`.
        progress: called with the number of steps done and of all steps.
        strict: take any file that cannot be analysed for trouble.
        timing: told how long each part takes, for which linking is done ahead of its use.
        clean: tell of the files in which nothing is found, too.

    Raises:
        ConfigurationError: where the settings of the only project cannot be used.
        SelectionError: for a rule that does not exist.
    """
    targets = _targets(paths, overlay or {}, root)
    reports = []
    for project in targets.projects:
        try:
            report = _checked(project, select, ignore, settings, progress, strict, timing, clean)
            reports.append(report)
        except ConfigurationError as error:
            if len(targets.projects) == 1:
                raise
            reports.append(Report(project.root, failures=(_failure(error),), strict=strict))
    return _merged(reports, targets.missing, strict)


@_uncollected()
def diff(
    paths: Sequence[Path | str] = (".",),
    *,
    review: bool = False,
    within: bool = False,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    overlay: Mapping[Path, bytes] | None = None,
    settings: Settings | None = None,
    root: Path | None = None,
    progress: Progress | None = None,
    strict: bool = False,
) -> Changes:
    """Work out what `apply` would write, and write nothing.

    Args:
        review: take the fixes that need a person's eye as well as the safe ones.
        within: take only fixes that change no other file than those of `paths`.

    The other arguments, and what is raised, are those of `check`.
    """
    from codemods.fixing import Fixer

    targets = _targets(paths, overlay or {}, root)
    changes = []
    for project in targets.projects:
        try:
            workspace, selection = _opened(project, select, ignore, settings, progress)
            fixer = Fixer(workspace, selection, project.reported, review=review, within=within)
            changes.append(replace(fixer.run(), strict=strict))
        except ConfigurationError as error:
            if len(targets.projects) == 1:
                raise
            changes.append(Changes(project.root, failures=(_failure(error),), strict=strict))
    return _together(changes, targets.missing, strict)


def apply(
    paths: Sequence[Path | str] = (".",),
    *,
    review: bool = False,
    within: bool = False,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    overlay: Mapping[Path, bytes] | None = None,
    settings: Settings | None = None,
    root: Path | None = None,
    progress: Progress | None = None,
    strict: bool = False,
) -> Changes:
    """Write what fixes change. The arguments are those of `diff`.

    A file is replaced in one step, and only if it has the bytes that were read; where one of the
    files of a fix cannot be written, none of them is.
    """
    from codemods.writing import write

    planned = diff(
        paths,
        review=review,
        within=within,
        select=select,
        ignore=ignore,
        overlay=overlay,
        settings=settings,
        root=root,
        progress=progress,
        strict=strict,
    )
    return write(planned)


def edits_of(
    finding: Finding, report: Report | Changes, fix: Fix | None = None
) -> tuple[Edit, ...]:
    """The edits of one finding's fix alone, or of one of its alternatives.

    Raises:
        RewriteError: where the fix cannot be made.
    """
    wanted = fix or finding.fix
    if wanted is None:
        return ()
    from codemods.rewrite import rewrite

    return rewrite(wanted.patches(), report.source, report.settings_of(finding.place.path), parse)


def edits_together(findings: Sequence[Finding], report: Report | Changes) -> tuple[Edit, ...]:
    """The edits of the fixes of several findings; none where they cannot be made in one step."""
    from codemods.conflicts import Plan, conflict
    from codemods.edits import apply_edits
    from codemods.rewrite import rewrite

    settings = report.settings_of(findings[0].place.path)
    try:
        plans = [
            Plan(f, f.fix.patches(), lambda made: rewrite(made, report.source, settings, parse))
            for f in findings
            if f.fix is not None
        ]
        if any(conflict(one, other) for one, other in combinations(plans, 2)):
            return ()
        patches = dict.fromkeys(patch for plan in plans for patch in plan.patches)
        edits = rewrite(tuple(patches), report.source, settings, parse)
        for path in {edit.path for edit in edits}:
            apply_edits(report.source(path), [edit for edit in edits if edit.path == path])
    except Exception:  # The one that cannot be made says so where it is made alone.
        return ()
    if all(plan.shows_in(edits) or not isinstance(plan.alone, Exception) for plan in plans):
        return edits
    return ()


@dataclass
class _Project:
    """One project, and what of it is asked for."""

    root: Path
    folders: list[Path] = field(default_factory=list)
    named: set[Path] = field(default_factory=set)
    overlay: dict[Path, bytes] = field(default_factory=dict)
    reported: tuple[Path, ...] = ()


@dataclass
class _Targets:
    projects: list[_Project]
    missing: tuple[Skipped, ...]


def _targets(
    paths: Sequence[Path | str], overlay: Mapping[Path, bytes], root: Path | None
) -> _Targets:
    """PATHS by the project that each belongs to, in the order in which they were given."""
    buffers = {Path(path).resolve(): data for path, data in overlay.items()}
    projects: dict[Path, _Project] = {}
    missing = []
    for given in paths:
        try:
            path = Path(given).resolve()
        except (OSError, RuntimeError):
            missing.append(Skipped(Path(given).absolute(), "is a link in a circle", named=True))
            continue
        if not path.exists() and path not in buffers:
            missing.append(Skipped(path, "does not exist", named=True))
            continue
        top = root.resolve() if root else project_root(path)
        if not path.is_relative_to(top):
            missing.append(Skipped(path, f"is not in the project {top}", named=True))
            continue
        project = projects.setdefault(top, _Project(top))
        if path.is_dir():
            project.folders.append(path)
        else:
            project.named.add(path)
    for path, data in buffers.items():
        for project in projects.values():
            if path.is_relative_to(project.root):
                project.overlay[path] = data
    return _Targets(list(projects.values()), tuple(missing))


def _opened(
    project: _Project,
    select: Sequence[str],
    ignore: Sequence[str],
    settings: Settings | None,
    progress: Progress | None,
    timing: Timing | None = None,
) -> tuple[Workspace, Selection]:
    """The project, read, with `project.reported` set to the files that are asked for."""
    timing = timing or Timing()
    disk = Disk()
    with timing.part("rules"):
        settings = settings or load_settings(project.root, disk)
        selection = Selection(project.root, settings, select, ignore)
    with timing.part("discover"):
        files = set(disk.files(project.root, settings))
    reported = set(project.named)
    for folder in project.folders:
        everything = folder == project.root
        inside = {path for path in files if everything or path.is_relative_to(folder)}
        reported |= inside or set(python_files(project.root, settings, folder))
    files |= reported | set(project.overlay)
    project.reported = tuple(sorted(reported, key=attrgetter("parts")))
    tick = _ticker(progress, len(files) + len(reported))
    named = frozenset(project.named | set(project.overlay))
    with timing.part("read"):
        workspace = Workspace(
            project.root, settings, files, project.overlay, named, tick, disk.read
        )
    return workspace, selection


def _ticker(progress: Progress | None, total: int) -> Callable[[], None]:
    done = 0

    def tick() -> None:
        nonlocal done
        done = min(done + 1, total)
        if progress:
            progress(done, total)

    return tick


def _checked(
    project: _Project,
    select: Sequence[str],
    ignore: Sequence[str],
    settings: Settings | None,
    progress: Progress | None,
    strict: bool,
    timing: Timing | None,
    clean: bool,
) -> Report:
    workspace, selection = _opened(project, select, ignore, settings, progress, timing)
    if timing is not None:
        with timing.part("link"):
            workspace.link()
        with timing.part("fixpoint"):
            _ = workspace.program.reach.roots
    found: list[Finding] = []
    failures: list[Failure] = []
    reported = set(project.reported)
    with (timing or Timing()).part("analyse"):
        for path in workspace.looked_at(project.reported):
            workspace.tick()
            findings, crashes = workspace.findings(path, selection)
            found += (finding for finding in findings if concerns(finding, reported))
            failures += crashes
        findings, crashes = workspace.declared(selection)
        found += (finding for finding in findings if concerns(finding, reported))
        failures += crashes
    skipped = workspace.skipped_among(project.reported)
    found += [_not_analysed(item) for item in skipped if selection.reports_skipped(item.path)]
    ordered = tuple(in_order(found))
    without: tuple[Clean, ...] = ()
    if clean:
        from codemods.clean import clean_files

        failed = {failure.path for failure in (*failures, *workspace.failures.values())}
        looked_at = [path for path in project.reported if path not in failed]
        without = tuple(clean_files(workspace, looked_at, ordered))
    return Report(
        project.root,
        skipped=skipped,
        failures=(*failures, *workspace.failures.values()),
        strict=strict,
        projects={project.root: workspace.settings},
        sources=workspace.mentioned(ordered),
        findings=ordered,
        clean=without,
        files=len(project.reported),
        lines=workspace.lines,
    )


def _not_analysed(skipped: Skipped) -> Finding:
    code, name = NOT_ANALYSED
    place = skipped.place or Place(skipped.path, Span(0, 0))
    message = f"This file was not analysed: {skipped.reason}"
    return Finding(code, name, message, Severity.LOW, place)


def _failure(error: ConfigurationError) -> Failure:
    return Failure(error.path, error.message, row=error.row)


def _merged(reports: Sequence[Report], missing: tuple[Skipped, ...], strict: bool) -> Report:
    if len(reports) == 1:
        return replace(reports[0], skipped=(*missing, *reports[0].skipped))
    return Report(
        reports[0].root if reports else Path.cwd(),
        skipped=(*missing, *(item for report in reports for item in report.skipped)),
        failures=tuple(item for report in reports for item in report.failures),
        strict=strict,
        projects={root: s for report in reports for root, s in report.projects.items()},
        sources={path: s for report in reports for path, s in report.sources.items()},
        findings=tuple(in_order(item for report in reports for item in report.findings)),
        clean=tuple(item for report in reports for item in report.clean),
        files=sum(report.files for report in reports),
        lines=sum(report.lines for report in reports),
    )


def _together(changes: Sequence[Changes], missing: tuple[Skipped, ...], strict: bool) -> Changes:
    if len(changes) == 1:
        return replace(changes[0], skipped=(*missing, *changes[0].skipped))
    return Changes(
        changes[0].root if changes else Path.cwd(),
        skipped=(*missing, *(item for change in changes for item in change.skipped)),
        failures=tuple(item for change in changes for item in change.failures),
        strict=strict,
        projects={root: s for change in changes for root, s in change.projects.items()},
        sources={path: s for change in changes for path, s in change.sources.items()},
        files=tuple(item for change in changes for item in change.files),
        applied=tuple(item for change in changes for item in change.applied),
        touched=tuple(item for change in changes for item in change.touched),
        left=tuple(item for change in changes for item in change.left),
        outside=tuple(item for change in changes for item in change.outside),
    )
