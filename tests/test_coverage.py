"""What the golden cases cover: enough of them, no two alike, and every situation of the list."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pieces import project

from codemods import engine, testing
from codemods.finding import Applicability, Finding, Role
from codemods.results import Report
from codemods.rule import Rule, catalogue
from codemods.source import Place
from codemods.testing import Case, LeftAlone

CASES = Path(__file__).parent.parent / "before_after"
ALL = testing.cases(CASES)
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
COMPREHENSIONS = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp

# Preconditions that are proven wherever there is a finding, with the file that shows why, or none
# where it takes a second file to refute one.
ALWAYS_PROVEN = {
    "one-table": "merge_counts/two_tables",
    "one-transaction": "merge_counts/committed_between",
    "own-join": "load_joined/other_joins",
    "keys-as-stored": "load_joined/keys_not_as_stored",
    "as-eager-load": "load_joined/loop_that_writes",
    "imports-possible": None,
    "not-replaced": None,
}

# Rewritten in every style and situation; of other rules the catalogue's tests ask for cases.
CODEMODS = ("eager-load", "hoist-lookup", "batch-helper", "merge-counts")

by_rule = pytest.mark.parametrize("rule", catalogue(), ids=lambda rule: rule.name)
by_codemod = pytest.mark.parametrize(
    "rule", [rule for rule in catalogue() if rule.name in CODEMODS], ids=lambda rule: rule.name
)


@by_codemod
def test_twelve_cases(rule: Rule) -> None:
    assert len(_cases(rule)) >= 12


@by_codemod
def test_no_two_are_alike(rule: Rule) -> None:
    alike = defaultdict(list)
    for case in _cases(rule):
        alike[_kind(case)].append(case.id)
    assert not [(kind, ids) for kind, ids in alike.items() if len(ids) > 1]


@by_codemod
def test_half_are_safe(rule: Rule) -> None:
    safe = [case for case in _cases(rule) if _is_safe(case)]
    assert 2 * len(safe) >= len(_cases(rule))


def _has(pattern: str) -> Callable[[Case], bool]:
    return lambda case: any(re.search(pattern, text) for text in _texts(case))


def _in_a_method(case: Case) -> bool:
    report = _report(case)
    return any(_enclosing(report, finding.place, ast.ClassDef) for finding in _findings(case))


def _in_a_long_function(case: Case) -> bool:
    report = _report(case)
    functions = (_enclosing(report, finding.place, FUNCTIONS) for finding in _findings(case))
    return any(f.end_lineno - f.lineno >= 59 for f in functions if f)


def _in_another_style(case: Case) -> bool:
    files = case.files("before").values()
    return any(b"\r\n" in data and b"\n  " in data and b"'" in data for data in files) and not any(
        re.search(rb"(?m)^ {4}return ", data) for data in files
    )


def _with_comments(case: Case) -> bool:
    """True if a comment stands among the lines of a statement that the tool changes."""
    report = _report(case)
    for finding in _findings(case):
        places = [finding.place, *(note.place for note in finding.related)]
        for place in places:
            statement = _enclosing(report, place, ast.stmt)
            if statement and _comment_rows(report.source(place.path).text) & set(
                range(statement.lineno - 1, (statement.end_lineno or 0) + 1)
            ):
                return True
    return False


SITUATIONS: dict[str, Callable[[Case], bool]] = {
    "legacy": _has(r"\.query\("),
    "2.0": _has(r"\bselect\("),
    "async": _has(r"(?m)^ *async def "),
    "flask": lambda case: case.package == "shop_flask",
    "method": _in_a_method,
    "several files": lambda case: len(case.files("before")) > 1,
    "another style": _in_another_style,
    "comments in the way": _with_comments,
    "sixty lines": _in_a_long_function,
    "annotated models": lambda case: case.package == "shop_typed",
}


@by_codemod
@pytest.mark.parametrize("situation", SITUATIONS)
def test_situation(rule: Rule, situation: str) -> None:
    assert [case.id for case in _cases(rule) if SITUATIONS[situation](case)]


@by_rule
def test_every_precondition_stops_a_fix_somewhere(rule: Rule) -> None:
    marked, files = set(), testing.left_alone(CASES)
    for file in files:
        text = file.path.read_text("utf-8")
        marked |= set(re.findall(rf"# (?:found|review): {rule.name} \(([a-z-]+)\)", text))
    known = {
        condition.name
        for piece in (*ALL, *files)
        for finding in _report(piece).problems
        if finding.name == rule.name
        for condition in finding.preconditions
    }
    excepted = {name for name in known - marked if name in ALWAYS_PROVEN}
    assert known <= marked | excepted, sorted(known - marked - excepted)
    shown = [ALWAYS_PROVEN[name] for name in excepted]
    for folder, name in (path.split("/") for path in shown if path):
        assert (CASES / folder / "left_alone" / f"{name}.py").exists()


def _cases(rule: Rule) -> list[Case]:
    return [case for case in ALL if case.rule == rule.name]


def _texts(case: Case) -> list[str]:
    return [data.decode("utf-8") for data in case.files("before").values()]


@cache
def _report(piece: Case | LeftAlone) -> Report:
    with TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        report = engine.check(project(piece, root), root=root)
        for finding in report.problems:
            for place in (finding.place, *(note.place for note in finding.related)):
                report.source(place.path)
    return replace(report, findings=tuple(map(_without_project, report.findings)))


def _without_project(finding: Finding) -> Finding:
    """The finding without what its fix holds on to: all that is known of a project."""
    fix = finding.fix and replace(finding.fix, patches=lambda: ())
    return replace(finding, fix=fix, alternatives=(), part=None)


def _findings(case: Case) -> list[Finding]:
    return [finding for finding in _report(case).problems if finding.name == case.rule]


def _is_safe(case: Case) -> bool:
    fixes = [f.fix for f in _report(case).problems if f.fix]
    return all(fix.applicability is Applicability.SAFE for fix in fixes)


def _comment_rows(text: str) -> set[int]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {token.start[0] for token in tokens if token.type == tokenize.COMMENT}


# -- what makes a case what it is --------------------------------------------------------------

BUILDING = {"filter", "filter_by", "where", "order_by", "join", "outerjoin", "options", "distinct"}
BUILDING |= {"select_from", "group_by", "limit", "label", "unique", "with_entities", "having"}


def _kind(case: Case) -> tuple[object, ...]:
    """The case's style, terminal and container, as far as its code shows them."""
    report, finding = _report(case), _findings(case)[0]
    asynchronous = any("async def" in text for text in _texts(case))
    loops = [note.place for note in finding.related if note.role is Role.LOOP]
    queries = [note.place for note in finding.related if note.role is Role.QUERY]
    sent = queries if finding.name == "eager-load" else [finding.place, *queries]
    return (
        case.package if not case.own_models else "own models",
        asynchronous,
        tuple(sorted({_sent(report, place) for place in sent})),
        tuple(_container(report, place) for place in loops or [finding.place]),
    )


def _sent(report: Report, place: Place) -> str:
    """How a query is written and sent: `_.query().first()`, `_.scalars(select()).all()`."""
    return _followed(report, place, _shape(_whole(report, place)), _root(_whole(report, place)))


def _followed(report: Report, place: Place, shape: str, name: str) -> str:
    """The shape, with that of what was last assigned to the variable that it begins with."""
    function = _enclosing(report, place, FUNCTIONS)
    row = report.locations(place)[0].row
    values = [
        node.value
        for node in ast.walk(function or ast.Module([], []))
        if isinstance(node, ast.Assign) and node.lineno < row
        if any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
    ]
    values = [value for value in values if _root(value) != name]
    return f"{shape} of {_shape(values[-1])}" if values else shape


def _root(node: ast.AST) -> str:
    """The variable that a chain of calls begins with."""
    while isinstance(node, ast.Call | ast.Attribute | ast.Await):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _shape(node: ast.AST) -> str:
    match node:
        case ast.Await(value=value):
            return f"await {_shape(value)}"
        case ast.Call(func=ast.Attribute(value=value, attr=attr)) if attr in BUILDING:
            return _shape(value)
        case ast.Call(func=func, args=args):
            inner = {_shape(arg) for arg in args if isinstance(arg, ast.Call | ast.Name)}
            return f"{_shape(func)}({', '.join(sorted(inner - {'_'}))})"
        case ast.Attribute(value=value, attr=attr):
            return f"{_shape(value)}.{attr}" if attr.islower() else _shape(value)
        case ast.Name(id=name):
            return (
                name
                if name in {"select", "exists", "func", "list", "enumerate", "zip", "sorted"}
                else "_"
            )
    return type(node).__name__


def _whole(report: Report, place: Place) -> ast.AST:
    """The chain of calls that the expression at a place begins."""
    path = _path(report, place)
    node = path[-1]
    for outer in reversed(path[:-1]):
        match outer:
            case ast.Attribute() | ast.Await():
                node = outer
            case ast.Call(func=func) if func is node:
                node = outer
            case ast.Call(
                func=ast.Attribute(attr="execute" | "scalars" | "scalar" | "exec" | "stream")
            ):
                node = outer
            case _:
                break
    return node


def _container(report: Report, place: Place) -> tuple[str, ...]:
    """The statement that a place is in, down to the loop or the display around it."""
    path = _path(report, place)
    loops = [n for n in path if isinstance(n, ast.For | ast.AsyncFor | ast.While | COMPREHENSIONS)]
    inside = max((i for i, n in enumerate(path) if isinstance(n, ast.stmt)), default=0)
    return (
        *(type(node).__name__ for node in loops),
        *(type(node).__name__ for node in path[inside:-1]),
        _followed(report, place, _shape(path[-1]), _root(path[-1])),
    )


@cache
def _tree(text: str) -> ast.Module:
    return ast.parse(text)


def _path(report: Report, place: Place) -> list[ast.AST]:
    """The nodes around a place, from the module to the widest that lies in it."""
    source = report.source(place.path)
    node: ast.AST = _tree(source.text)
    path = [node]
    while True:
        for child in _located(node):
            span = source.span(child)
            if span.contains(place.span):
                node = child
                path.append(child)
                break
        else:
            return path
        if source.span(node) == place.span:
            return path


def _located(node: ast.AST) -> Iterator[ast.AST]:
    """The nearest nodes below that have a place."""
    for child in ast.iter_child_nodes(node):
        if hasattr(child, "lineno"):
            yield child
        else:
            yield from _located(child)


def _enclosing(report: Report, place: Place, kinds: object) -> ast.AST | None:
    found = [node for node in _path(report, place) if isinstance(node, kinds)]
    return found[-1] if found else None
