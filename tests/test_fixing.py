"""Rounds of fixes, with rules made for the purpose."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from small_project import MODELS, ONE, REPOSITORY, make

from codemods import engine
from codemods.finding import Applicability, Finding, Fix, Note, Precondition, Role, Severity, Status
from codemods.fixing import Fixer
from codemods.orm.scope import Scope
from codemods.patch import Chain, Code, Copied, Import, InsertBefore, Patch, Replace
from codemods.project.discovery import python_files
from codemods.results import Changes
from codemods.rule import Rule
from codemods.selection import Selection
from codemods.settings import Settings
from codemods.source import Place, SourceFile, Span
from codemods.workspace import Workspace

Patches = Callable[[Place, SourceFile], tuple[Patch, ...]]


class _Only(Selection):
    """One rule, for every file."""

    def __init__(self, root: Path, rule: Rule) -> None:
        super().__init__(root, Settings(), (), ())
        self._rule = rule

    def rules(self, path: Path) -> tuple[Rule, ...]:
        return (self._rule,)


def _rule(pattern: str, patches: Patches, status: Status = Status.PROVEN) -> Rule:
    """A rule that finds text, and fixes it by `patches`."""

    def find(scope: Scope) -> Iterator[Finding]:
        for match in re.finditer(pattern, scope.source.text):
            place = Place(scope.source.path, Span(*match.span()))
            condition = Precondition("for-the-test", status, "the test says so")
            made = _later(patches, place, scope.source)
            fix = Fix("Change it", (condition,), made)
            yield Finding("MN998", "made-up", "x", Severity.LOW, place, scope.name, fix=fix)

    return Rule("MN998", "made-up", "For a test.", find)


def _later(patches: Patches, place: Place, source: SourceFile) -> Callable[[], tuple[Patch, ...]]:
    return lambda: patches(place, source)


def _run(
    root: Path, rule: Rule, *names: str, review: bool = False, within: bool = False
) -> Changes:
    workspace = Workspace(root, Settings(), python_files(root, Settings()))
    reported = [root / "app" / f"{name}.py" for name in names]
    return Fixer(workspace, _Only(root, rule), reported, review=review, within=within).run()


def _text(changes: Changes, name: str) -> str:
    (found,) = (change for change in changes.files if change.path.name == name)
    return found.after.decode()


def _statement(source: SourceFile) -> Place:
    start = source.text.index("result = []")
    return Place(source.path, Span(start, start + len("result = []")))


def test_fixes_inside_each_other_take_rounds(tmp_path: Path) -> None:
    body = ONE.replace("order.customer.name", "old(old(old(order.id)))")
    make(tmp_path, one=body)

    def renewed(place: Place, source: SourceFile) -> tuple[Patch, ...]:
        depth = 0
        for end in range(place.span.end, len(source.text)):
            depth += {"(": 1, ")": -1}.get(source.text[end], 0)
            if source.text[end] == ")" and depth == -1:
                break
        call = Place(place.path, Span(place.span.start, end + 1))
        inside = Place(place.path, Span(place.span.end, end))
        return (Replace(call, Code.of("new({inside})", inside=Copied(inside))),)

    changes = _run(tmp_path, _rule(r"\bold\(", renewed), "one")
    assert "result.append(new(new(new(order.id))))" in _text(changes, "one.py")
    assert len(changes.applied) == 3
    assert not changes.left
    assert not changes.failures
    before = SourceFile(changes.files[0].path, changes.files[0].before)
    assert [before.slice(finding.place.span) for finding in changes.applied] == ["old("] * 3


def test_a_fix_that_does_not_solve_its_finding_is_made_once(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)

    def useless(place: Place, source: SourceFile) -> tuple[Patch, ...]:
        return (InsertBefore(_statement(source), (Code("print()"),)),)

    changes = _run(tmp_path, _rule(r"order\.customer", useless), "one")
    assert _text(changes, "one.py").count("print()") == 1
    assert len(changes.left) == 1


def test_a_fix_that_is_another_each_time_is_made_once(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)

    def growing(place: Place, source: SourceFile) -> tuple[Patch, ...]:
        count = source.text.count("print(")
        return (InsertBefore(_statement(source), (Code(f"print({count})"),)),)

    changes = _run(tmp_path, _rule(r"order\.customer", growing), "one")
    assert _text(changes, "one.py").count("print(") == 1


def test_a_fix_that_others_make_safe_is_left(tmp_path: Path) -> None:
    make(tmp_path, one=ONE.replace("order.customer.name", "old(order.id), later(order.id)"))

    def find(scope: Scope) -> Iterator[Finding]:
        for match in re.finditer(r"\b(old|later)\b", scope.source.text):
            place = Place(scope.source.path, Span(*match.span()))
            safe = match[1] == "old" or "new(" in scope.source.text
            status = Status.PROVEN if safe else Status.UNKNOWN
            condition = Precondition("for-the-test", status, "the test says so")
            patch = Replace(place, Code("new" if match[1] == "old" else "soon"))
            fix = Fix("Change it", (condition,), lambda patch=patch: (patch,))
            message = f"calls {match[1]}"
            yield Finding("MN998", "made-up", message, Severity.LOW, place, scope.name, fix=fix)

    rule = Rule("MN998", "made-up", "For a test.", find)
    changes = _run(tmp_path, rule, "one")
    assert "new(order.id), later(order.id)" in _text(changes, "one.py")
    assert [finding.message for finding in changes.left] == ["calls later"]
    assert "new(order.id), soon(order.id)" in _text(
        _run(tmp_path, rule, "one", review=True), "one.py"
    )


def test_a_fix_that_fails_is_left_and_told_once(tmp_path: Path) -> None:
    make(tmp_path, one=ONE, two=ONE)

    def half(place: Place, source: SourceFile) -> tuple[Patch, ...]:
        if place.path.name == "one.py":
            raise ValueError("no such place")
        return (InsertBefore(_statement(source), (Code("print()"),)),)

    changes = _run(tmp_path, _rule(r"order\.customer", half), "one", "two")
    assert [change.path.name for change in changes.files] == ["two.py"]
    assert [failure.path.name for failure in changes.failures] == ["one.py"]
    assert "no such place" in changes.failures[0].message
    assert changes.trouble
    assert "one.py" in [finding.place.path.name for finding in changes.left]


def test_only_a_fix_for_review_needs_review(tmp_path: Path) -> None:
    make(tmp_path, one=ONE)

    def harmless(place: Place, source: SourceFile) -> tuple[Patch, ...]:
        return (InsertBefore(_statement(source), (Code("print()"),)),)

    rule = _rule(r"order\.customer", harmless, Status.UNKNOWN)
    assert _run(tmp_path, rule, "one").files == ()
    assert len(_run(tmp_path, rule, "one", review=True).files) == 1


def _in_repository(root: Path) -> Patches:
    """Patches here and in the other file."""

    def patches(place: Place, source: SourceFile) -> tuple[Patch, ...]:
        path = root / "app/repository.py"
        start = path.read_text().index("session.query(Order)")
        query = Place(path, Span(start, start + len("session.query(Order)")))
        return (
            InsertBefore(_statement(source), (Code("print()"),)),
            Chain(query, "limit", (Code("10"),)),
        )

    return patches


def test_a_fix_may_change_another_file_and_says_so(tmp_path: Path) -> None:
    make(tmp_path, one=ONE, repository=REPOSITORY)
    rule = _rule(r"order\.customer", _in_repository(tmp_path))
    changes = _run(tmp_path, rule, "one")
    assert [change.path.name for change in changes.files] == ["one.py", "repository.py"]
    assert "session.query(Order).limit(10).all()" in _text(changes, "repository.py")
    assert changes.outside == (tmp_path / "app/repository.py",)
    assert changes.touched == (frozenset(change.path for change in changes.files),)
    inside = _run(tmp_path, rule, "one", within=True)
    assert inside.files == ()
    assert len(inside.left) == 1
    assert not inside.trouble


def test_a_comment_at_the_query_in_another_file_suppresses(tmp_path: Path) -> None:
    make(tmp_path, one=ONE, repository=REPOSITORY.replace(".all()", ".all()  # minusn: ignore"))
    changes = _run(tmp_path, _related(_in_repository(tmp_path)), "one")
    assert changes.files == ()
    assert changes.left == ()


def _related(patches: Patches) -> Rule:
    """A rule whose rows come from the query in the other file."""
    plain = _rule(r"order\.customer", patches)

    def find(scope: Scope) -> Iterator[Finding]:
        for finding in plain.find(scope):
            chain = finding.fix.patches()[1] if finding.fix else None
            assert chain is not None
            yield replace(finding, related=(Note(Role.QUERY, chain.place, "from here"),))

    return replace(plain, find=find)


def test_nothing_outside_of_the_project_is_changed(tmp_path: Path) -> None:
    root = make(tmp_path / "project", one=ONE)
    make(tmp_path, repository=REPOSITORY)
    changes = _run(root, _rule(r"order\.customer", _in_repository(tmp_path)), "one")
    assert changes.files == ()
    assert "not part of the project" in changes.failures[0].message


THREE = """
from sqlalchemy.orm import Session

from app.models import Order


def numbers(session: Session) -> list[str]:
    for order in session.query(Order).all():
        first()
        second()
        third()
    return [order.customer.name]
"""


def test_a_fix_that_cannot_be_worked_out_keeps_none_from_being_made(tmp_path: Path) -> None:
    make(tmp_path, one=THREE)

    def replaced(place: Place, source: SourceFile) -> tuple[Patch, ...]:
        name = source.slice(place.span)
        if name == "second":
            inside = Place(place.path, Span(place.span.start + 1, place.span.end))
            return (Replace(inside, Code("nothing")),)
        return (Replace(place, Code(f"{name}_and_more")),)

    changes = _run(tmp_path, _rule(r"\b(first|second|third)\b(?=\()", replaced), "one")
    assert "first_and_more()\n        second()\n        third_and_more()\n" in _text(
        changes, "one.py"
    )
    assert len(changes.applied) == 2
    assert [failure.path.name for failure in changes.failures] == ["one.py"]
    start = THREE.lstrip().index("second")
    assert changes.failures[0].place == Place(
        tmp_path / "app/one.py", Span(start, start + len("second"))
    )


def test_a_fix_that_changes_nothing_is_not_counted_with_the_others(tmp_path: Path) -> None:
    make(tmp_path, one=THREE)

    def replaced(place: Place, source: SourceFile) -> tuple[Patch, ...]:
        name = source.slice(place.span)
        return (Replace(place, Code(name if name == "second" else f"{name}_and_more")),)

    changes = _run(tmp_path, _rule(r"\b(first|second|third)\b(?=\()", replaced), "one")
    assert "first_and_more()\n        second()\n        third_and_more()\n" in _text(
        changes, "one.py"
    )
    assert len(changes.applied) == 2
    assert "would change nothing" in changes.failures[0].message


def test_a_fix_that_waits_for_one_in_another_file_is_looked_at_again(tmp_path: Path) -> None:
    make(tmp_path, one=ONE, two=ONE, repository=REPOSITORY)
    repository = tmp_path / "app/repository.py"

    def find(scope: Scope) -> Iterator[Finding]:
        if scope.source.path == repository or "order.customer" not in scope.source.text:
            return
        start = scope.source.text.index("order.customer")
        place = Place(scope.source.path, Span(start, start + len("order.customer")))
        text = scope.program.source(repository).text
        start = text.index("session.query(Order)")
        query = Place(repository, Span(start, start + len("session.query(Order)")))
        method = "limit" if scope.source.path.name == "one.py" else "offset"
        patches: tuple[Patch, ...] = (
            Import(query, "app.limits", f"{method}_of_orders"),
            Chain(query, method, (Code(f"{method}_of_orders"),)),
        )
        fix = Fix("Change it", (), lambda: patches)
        yield Finding("MN998", "made-up", "x", Severity.LOW, place, scope.name, fix=fix)

    changes = _run(tmp_path, Rule("MN998", "made-up", "For a test.", find), "one", "two")
    text = _text(changes, "repository.py")
    assert "session.query(Order).limit(limit_of_orders).offset(offset_of_orders)" in text or (
        "session.query(Order).offset(offset_of_orders).limit(limit_of_orders)" in text
    )
    assert "from app.limits import limit_of_orders, offset_of_orders" in text
    assert len(changes.applied) == 2
    assert not changes.failures


def test_a_lookup_waits_for_the_loads_of_its_rows(tmp_path: Path) -> None:
    """Two functions ask one query for different relationships, each by an option of its own."""
    queries = """
        from app.models import Customer, Order


        def all_orders(session):
            return session.query(Order).order_by(Order.id).all()


        def name_of(session, key):
            return session.query(Customer).filter(Customer.id == key).first()


        def customers(session):
            return [order.customer.name for order in all_orders(session)]


        def sellers(session):
            found = []
            for order in all_orders(session):
                found.append((order.seller.name, name_of(session, order.seller_id)))
            return found


        def numbers(session):
            return [order.id for order in all_orders(session)]
    """
    files = {"__init__": "", "models": MODELS, "queries": textwrap.dedent(queries)}
    for name, text in files.items():
        path = tmp_path / "app" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.minusn]\ndatabase = ["sqlite"]\n', "utf-8")
    safe = [
        (finding.name, finding.function)
        for finding in engine.check([tmp_path], root=tmp_path).findings
        if finding.applicability is Applicability.SAFE
    ]
    made = engine.diff([tmp_path], root=tmp_path).applied
    assert len(safe) == 3
    assert sorted((finding.name, finding.function) for finding in made) == sorted(safe)
