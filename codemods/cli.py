"""The command line. Everything that a command needs is imported when it runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from codemods import __version__

if TYPE_CHECKING:
    from codemods.results import Changes, Failure, Report

_Command = TypeVar("_Command", bound=Callable[..., Any])

_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_PATHS = click.argument("paths", nargs=-1, metavar="[PATHS]...")


def _options(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    def add(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


_scope = _options(
    click.option(
        "--select", multiple=True, metavar="RULES", help="Only these rules: names, codes, prefixes."
    ),
    click.option("--ignore", multiple=True, metavar="RULES", help="Not these rules."),
    click.option("--strict", is_flag=True, help="A file that cannot be analysed is an error."),
)
_stdin = click.option(
    "--stdin-filename", metavar="FILE", help="The name of what is read from stdin, for PATH `-`."
)
_fixes = _options(
    click.option("--review", is_flag=True, help="Take the fixes to review as well as the safe."),
    click.option(
        "--within", is_flag=True, help="Only fixes that change no file but those of PATHS."
    ),
)


@click.group(context_settings=_HELP)
@click.version_option(__version__, prog_name="minusn")
def cli() -> None:
    """N+1, minus N: find repeated SQLAlchemy queries, and rewrite them.

    PATHS are files and folders; without any it is the working directory. Exit codes: 0 nothing
    found, 1 findings, 2 trouble.
    """


@cli.command()
@_PATHS
@_scope
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text")
@click.option("--with-edits", is_flag=True, help="Give the edits of every fix, in JSON.")
@click.option("--statistics", is_flag=True, help="Only count, by rule.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 although there are findings.")
@click.option("--timing", is_flag=True, help="Tell on stderr what took how long.")
@_stdin
def check(
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    strict: bool,
    output_format: str,
    with_edits: bool,
    statistics: bool,
    exit_zero: bool,
    timing: bool,
    stdin_filename: str | None,
) -> None:
    """Report what asks the database too often."""
    from codemods import engine
    from codemods.results import Timing

    wanted, overlay = _input(paths, stdin_filename)
    timed = Timing()
    report = _run(
        engine.check, wanted, select=select, ignore=ignore, strict=strict, overlay=overlay,
        timing=timed if timing else None,
    )  # fmt: skip
    from codemods.report.printed import print_findings, print_statistics

    failures: list[Failure] = []
    with timed.part("report"):
        if statistics:
            print_statistics(report, output_format)
        elif output_format == "json":
            from codemods.report.json import as_json

            _out_utf8(as_json(report, with_edits=with_edits, on_failure=failures.append))
        else:
            print_findings(report)
    _print_trouble(report, failures, named=output_format == "json")
    if timing:
        _to_stderr(str(timed))
    if report.trouble or failures:
        sys.exit(2)
    sys.exit(1 if report.problems and not exit_zero else 0)


@cli.command()
@_PATHS
@_scope
@click.option("--format", "kind", type=click.Choice(["markdown", "html"]), default="markdown")
@click.option("--output", type=Path, metavar="FILE", help="Write FILE instead of to stdout.")
@click.option(
    "--baseline", type=Path, metavar="FILE",
    help="Tell what was fixed since `minusn check --output-format json` gave FILE.",
)  # fmt: skip
@click.option("--exit-zero", is_flag=True, help="Exit with 0 although there are findings.")
def report(
    paths: tuple[str, ...],
    kind: str,
    output: Path | None,
    baseline: Path | None,
    exit_zero: bool,
    **options: Any,
) -> None:
    """Write a document about all that is found, and what to begin with."""
    from codemods import engine
    from codemods.report.document_file import DocumentError, known, written

    if "-" in paths:
        raise click.UsageError("report reads files and folders, and not stdin.")
    failures: list[Failure] = []
    try:
        before = known(baseline)
        found: Report = _run(engine.check, paths or (".",), clean=True, **options)
        text = written(found, kind, before, output, failures.append)
    except DocumentError as error:
        _die(str(error))
    if output is None:
        _out_utf8(text)
    else:
        _to_stderr(f"Wrote {output}.")
    _print_trouble(found, failures, named=True)
    sys.exit(2 if found.trouble or failures else 1 if found.problems and not exit_zero else 0)


@cli.command()
@_PATHS
@_scope
@_fixes
@_stdin
def diff(
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    strict: bool,
    review: bool,
    within: bool,
    stdin_filename: str | None,
) -> None:
    """Show what apply would write, as a diff that `git apply` takes."""
    from codemods import engine
    from codemods.edits import unified_diff
    from codemods.report.changes import diff_folder, summary

    wanted, overlay = _input(paths, stdin_filename)
    changes: Changes = _run(
        engine.diff, wanted, select=select, ignore=ignore, strict=strict, overlay=overlay,
        review=review, within=within,
    )  # fmt: skip
    folder = diff_folder(changes)
    for change in changes.files:
        name = change.path.relative_to(folder).as_posix()
        sys.stdout.buffer.write(unified_diff(change.before, change.after, name))
    sys.stdout.flush()
    _to_stderr(summary(changes, review=review, written=False))
    _print_trouble(changes, named=True)
    sys.exit(2 if changes.trouble else 1 if changes.files else 0)


@cli.command()
@_PATHS
@_scope
@_fixes
@click.option("--branch", metavar="NAME", help="Write to a new git branch, one commit per fix.")
@click.option(
    "--alembic", type=Path, metavar="DIR",
    help="Write a revision for added indexes to the migrations in DIR.",
)  # fmt: skip
def apply(paths: tuple[str, ...], branch: str | None, alembic: Path | None, **options: Any) -> None:
    """Write the safe fixes, and tell what is left and why."""
    if "-" in paths:
        raise click.UsageError("apply writes files; use `minusn diff -` for what is on stdin.")
    if alembic is not None and branch is not None:
        raise click.UsageError("--alembic writes next to the fixes: it does not go with --branch.")
    migrations = _migrations(alembic) if alembic is not None else None
    if branch is not None:
        _apply_on_branch(branch, paths or (".",), **options)
    from codemods import engine
    from codemods.report.changes import applied_text
    from codemods.report.printed import print_lines

    changes: Changes = _run(engine.apply, paths or (".",), **options)
    print_lines(applied_text(changes, review=options["review"]))
    if migrations is not None:
        _to_stderr(migrations.told(changes.applied))
    _print_trouble(changes, named=True)
    sys.exit(2 if changes.trouble else 0)


@cli.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Show a rule's page: what it finds, why, what it leaves alone, and an example."""
    from codemods.docs import find_rule, page
    from codemods.selection import SelectionError

    try:
        text = page(find_rule(rule))
    except SelectionError as error:
        _die(str(error))
    if sys.stdout.isatty():
        from rich.markdown import Markdown

        from codemods.report.printed import console

        console().print(Markdown(text))
    else:
        _out(text)


@cli.command()
def rules() -> None:
    """List the rules, and which of them run by default.

    on: they run; review: they run, and their fixes are for review at best; opt-in: they run where
    they are selected.
    """
    from codemods.docs import rules_table

    table = rules_table()
    width = max((len(name) for _, name, _, _ in table), default=0)
    for code, name, default, about in table:
        _out(f"{code}  {name:<{width}}  {default:<6}  {about}\n")


@cli.command()
def demo() -> None:
    """Find and fix N+1 queries in a sample application, and measure both versions."""
    from codemods.demo.run import demo_command

    sys.exit(demo_command())


@cli.command()
def lsp() -> None:
    """Serve an editor, by the Language Server Protocol on stdin and stdout."""
    from importlib.util import find_spec

    if find_spec("pygls") is None:
        _die("the language server needs pygls: pip install 'minusn[lsp]'")
    from codemods.lsp.server import main as serve

    serve()


def main() -> None:
    """What the command `minusn` runs."""
    for stream in (sys.stdout, sys.stderr):
        # A formula has characters that not every terminal's encoding knows.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    try:
        cli()
    except Exception:  # 1 means findings: a crash must not look like some.
        import traceback

        traceback.print_exc()
        sys.exit(2)


def _input(
    paths: tuple[str, ...], stdin_filename: str | None
) -> tuple[tuple[str, ...], dict[Path, bytes]]:
    """The paths to go through, and what stands for the content of one."""
    if "-" not in paths:
        if stdin_filename is not None:
            raise click.UsageError("--stdin-filename goes with the path `-`.")
        return paths or (".",), {}
    if len(paths) > 1:
        raise click.UsageError("`-` stands alone: stdin is the only file then.")
    name = stdin_filename or "stdin.py"
    return (name,), {Path(name).resolve(): sys.stdin.buffer.read()}


def _run(action: Callable[..., Any], paths: tuple[str, ...], **options: Any) -> Any:
    import gc

    from codemods.engine import ConfigurationError, SelectionError

    gc.disable()
    try:
        with _progress() as progress:
            return action(paths, progress=progress, **options)
    except ConfigurationError as error:
        from codemods.report.names import shown

        row = f":{error.row}" if error.row else ""
        _die(f"{shown(error.path)}{row}: {error.message}")
    except SelectionError as error:
        _die(str(error))
    finally:
        gc.freeze()  # What is known of the project stays; nobody has to go through it again.
        gc.enable()


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    if not sys.stderr.isatty():
        yield None
        return
    from codemods.report.progress import Bar

    bar = Bar()
    try:
        yield bar.show
    finally:
        bar.close()


def _apply_on_branch(name: str, paths: tuple[str, ...], **options: Any) -> None:
    from codemods.branch import apply_on_branch
    from codemods.checkout import BranchError
    from codemods.report.changes import branch_text
    from codemods.report.printed import print_lines

    apply_here = partial(apply_on_branch, name)
    try:
        result = _run(lambda wanted, progress, **rest: apply_here(wanted, **rest), paths, **options)
    except BranchError as error:
        _die(str(error))
    print_lines(branch_text(result, review=options["review"]))
    for filename, message in result.failures:
        _to_stderr(f"error: {filename}: {message}")
    sys.exit(2 if result.failures else 0)


def _migrations(folder: Path) -> Any:
    from codemods.migrations import MigrationError, Migrations

    try:
        return Migrations(folder)
    except MigrationError as error:
        _die(str(error))


def _print_trouble(
    result: Report | Changes, failures: list[Failure] | None = None, *, named: bool
) -> None:
    """On stderr: what could not be done, and where.

    Args:
        named: tell of files that were not analysed, too, which `check` reports as findings.
    """
    from codemods.report.trouble import trouble_lines

    for line in trouble_lines(result, failures or [], with_skipped=named):
        _to_stderr(line)


def _out(text: str) -> None:
    sys.stdout.write(text)


def _out_utf8(text: str) -> None:
    """JSON is UTF-8, whatever the terminal is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()


def _to_stderr(text: str) -> None:
    sys.stdout.flush()
    click.echo(text, err=True)


def _die(message: str) -> Any:
    _to_stderr(f"minusn: {message}")
    sys.exit(2)
