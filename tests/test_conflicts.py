"""Which fixes go together."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods.conflicts import Plan, conflict
from codemods.edits import Edit
from codemods.finding import Finding, Fix, Severity
from codemods.patch import (
    AddArguments,
    Chain,
    Code,
    Copied,
    Import,
    InsertAfter,
    InsertBefore,
    Patch,
    Remove,
    Replace,
)
from codemods.source import Place, Span

PATH = Path("/x.py")


def _at(start: int, end: int, path: Path = PATH) -> Place:
    return Place(path, Span(start, end))


def _plan(*patches: Patch, function: str | None = "f", content: str = "") -> Plan:
    fix = Fix("Load it", (), lambda: patches)
    place = patches[0].place
    finding = Finding("MN101", "eager-load", "x", Severity.HIGH, place, function, fix=fix)
    edits = (Edit(place.path, place.span, content or repr(patches)),)
    return Plan(finding, patches, lambda _: edits)


def _chain(start: int, end: int, name: str, method: str = "options") -> Chain:
    return Chain(_at(start, end), method, (Code(f"selectinload({name})"),))


CODE = Code("x")
TOGETHER = [
    (_chain(10, 20, "A.b"), _chain(10, 20, "A.c")),
    (_chain(10, 20, "A.b"), _chain(30, 40, "A.c")),
    (AddArguments(_at(5, 9), (CODE,)), AddArguments(_at(5, 9), (Code("y"),))),
    (InsertBefore(_at(0, 50), (CODE,)), Replace(_at(20, 30), CODE)),
    (Import(_at(0, 1), "a", "b"), Import(_at(0, 1), "a", "c")),
    (Remove(_at(0, 10)), Remove(_at(10, 20))),
    (Replace(_at(0, 10), CODE), Replace(_at(0, 10, Path("/y.py")), CODE)),
    (
        Chain(_at(10, 20), "options", (Code.of("load({m}.b)", m=Copied(_at(16, 17))),)),
        Chain(_at(10, 20), "options", (Code.of("load({m}.c)", m=Copied(_at(16, 17))),)),
    ),
]
APART = [
    (_chain(10, 20, "A.b"), _chain(10, 30, "A.c")),
    (_chain(10, 20, "A.b"), _chain(10, 20, "A.c", method="where")),
    (_chain(10, 20, "A.b"), Replace(_at(0, 30), CODE)),
    (Replace(_at(0, 10), CODE), Remove(_at(5, 20))),
    (InsertBefore(_at(7, 50), (CODE,)), InsertBefore(_at(7, 50), (Code("y"),))),
    (InsertBefore(_at(7, 50), (CODE,)), Remove(_at(7, 9))),
    (InsertAfter(_at(0, 7), (CODE,)), InsertBefore(_at(7, 50), (Code("y"),))),
    (InsertBefore(_at(0, 5), (Code.of("{q}", q=Copied(_at(10, 30))),)), _chain(12, 20, "A.b")),
    (
        InsertBefore(_at(0, 5), (Code.of("{a}", a=Code.of("{q}", q=Copied(_at(10, 30)))),)),
        Remove(_at(28, 40)),
    ),
]


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_these_go_together(one: Patch, other: Patch) -> None:
    assert not conflict(_plan(one), _plan(other))
    assert not conflict(_plan(other), _plan(one))


@pytest.mark.parametrize(("one", "other"), APART)
def test_these_wait_for_each_other(one: Patch, other: Patch) -> None:
    assert conflict(_plan(one), _plan(other))
    assert conflict(_plan(other), _plan(one))


def test_the_same_fix_twice_is_one() -> None:
    patch = Replace(_at(0, 10), CODE)
    assert not conflict(_plan(patch), _plan(patch))


def test_what_both_of_them_write_is_no_conflict() -> None:
    """Two loops that call one helper: each has its own fetch, and both change the helper."""
    helper = (
        InsertBefore(
            _at(0, 50), (Code("def rows_by_id(keys):\n    rows = keys\n    return rows"),)
        ),
        Replace(_at(10, 20), Code("rows[key]")),
    )
    one = _plan(*helper, InsertBefore(_at(60, 70), (Code("rows = rows_by_id(keys)"),)))
    other = _plan(*helper, InsertBefore(_at(80, 90), (Code("found = rows_by_id(keys)"),)))
    assert not conflict(one, other)
    assert not conflict(other, one)
    assert not conflict(one, _plan(*helper))
    again = _plan(*helper, InsertBefore(_at(80, 90), (Code("rows = rows_by_id(keys)"),)))
    assert conflict(one, again), "one variable for two"
    changed = _plan(
        helper[1], InsertBefore(_at(0, 50), (Code("def rows_by_id(keys):\n    return 1"),))
    )
    assert conflict(one, changed), "two functions of one name"


def test_new_variables_of_one_function_may_not_meet() -> None:
    def setting(start: int, text: str, function: str = "f") -> Plan:
        code = Code.of(text, names="total, names", x=Copied(_at(50, 60)))
        return _plan(InsertBefore(_at(start, start + 9), (code,)), function=function)

    first = setting(0, "rows: dict[int, A] = {{}}")
    assert conflict(first, setting(20, "rows = {x}"))
    assert conflict(first, setting(20, "for a in {x}:\n    rows, b = a"))
    assert conflict(setting(0, "{names} = {x}"), setting(20, "total, others = {x}"))
    assert not conflict(first, setting(20, "rows = {x}", function="g"))
    assert not conflict(first, setting(20, "if rows == 1:\n    names = 2"))


def test_new_functions_of_one_file_and_methods_of_all_may_not_have_one_name() -> None:
    def defining(text: str, path: Path = PATH) -> Plan:
        place = Place(path, Span(len(text), len(text) + 9))
        return _plan(InsertBefore(place, (Code.of(text),)))

    other, long = PATH.with_name("other.py"), "session, keys"
    first = defining("def rows_by_id(session):\n    return 1")
    assert conflict(first, defining(f"def rows_by_id({long}):\n    return 2"))
    assert not conflict(first, defining(f"def names_by_id({long}):\n    return 2"))
    assert not conflict(first, defining(f"def rows_by_id({long}):\n    return 2", other))
    method = defining("@staticmethod\ndef rows_by_id(session):\n    return 1")
    assert conflict(method, defining("def rows_by_id(self):\n    return 2", other))
