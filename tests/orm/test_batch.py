"""Helpers and the loops that call them, over several files."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path

import pytest
from small_project import MODELS

from codemods import engine
from codemods.finding import Finding, Status

HELPER = """
from sqlalchemy.orm import Session

from app.models import Order


def numbers(session: Session, customer_id: int) -> int:
    return session.query(Order).filter(Order.customer_id == customer_id).count()
"""

LOOP = """
from sqlalchemy.orm import Session

from app.helpers import numbers


def all_numbers(session: Session, customer_ids: list[int]) -> list[int]:
    return [numbers(session, each) for each in customer_ids]
"""


def project(root: Path, files: Mapping[str, str]) -> Path:
    everything = {"app/__init__.py": "", "app/models.py": MODELS, **files}
    for name, text in everything.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), "utf-8")
    (root / "pyproject.toml").write_text('[tool.minusn]\ndatabase = ["sqlite"]\n', "utf-8")
    return root


def found(root: Path) -> list[Finding]:
    report = engine.check([root], select=["batch-helper"], root=root)
    assert not report.trouble
    return list(report.findings)


def after(root: Path, review: bool = False) -> dict[str, str]:
    changes = engine.diff([root], select=["batch-helper"], root=root, review=review)
    assert not changes.trouble
    return {
        change.path.relative_to(root).as_posix(): change.after.decode() for change in changes.files
    }


def stopped(finding: Finding) -> dict[str, Status]:
    return {
        condition.name: condition.status
        for condition in finding.preconditions
        if condition.status is not Status.PROVEN
    }


def test_loops_in_several_files_change_together(tmp_path: Path) -> None:
    other = LOOP.replace("all_numbers", "others").replace(
        "import numbers", "import numbers as count"
    )
    files = {
        "app/helpers.py": HELPER,
        "app/one.py": LOOP,
        "app/two.py": other.replace("numbers(session, each)", "count(session, each)"),
    }
    written = after(project(tmp_path, files))
    assert set(written) == {"app/helpers.py", "app/one.py", "app/two.py"}
    assert "from app.helpers import numbers, order_counts_by_customer_id" in written["app/one.py"]
    assert "order_counts_by_customer_id(session, customer_ids)" in written["app/two.py"]
    assert "count(session, each, order_counts=order_counts)" in written["app/two.py"]
    assert written["app/helpers.py"].count("def order_counts_by_customer_id(") == 1
    project(tmp_path, {**files, **written})
    assert not found(tmp_path)


REPLACED = """
    from unittest.mock import patch

    def test_it():
        with patch("app.one.numbers", lambda session, customer_id: 1):
            pass
"""


@pytest.mark.parametrize(
    "test",
    [
        REPLACED,
        REPLACED.replace('"app.one.numbers"', '"app.helpers"'),
        REPLACED.replace('patch("app.one.numbers", ', 'patch.object(one, "numbers", '),
        REPLACED.replace('patch("app.one.numbers", ', 'patch(f"{MODULE}.numbers", '),
        "def test_it(monkeypatch):\n    monkeypatch.setattr(one, 'numbers', print)\n",
        "def test_it():\n    one.numbers = Mock()\n",
        REPLACED.replace('patch("app.one.numbers", ', "patch.object(one, numbers.__name__, "),
        "@patch.multiple('app.one', count=Mock(), numbers=DEFAULT)\ndef test_it(numbers): ...\n",
        "def test_it():\n    sys.modules['app.helpers'] = Mock()\n",
        "def test_it():\n    flexmock(one).should_receive('numbers').and_return(1)\n",
        "def test_it():\n    flexmock(one, numbers=print)\n",
        "import mockito\n\ndef test_it():\n    when(one).numbers(1, 2).thenReturn(3)\n",
        "@patch.multiple('app.one', **{'numbers': print})\ndef test_it(): ...\n",
        "NAMES = ['app.one.numbers']\n\ndef test_it():\n    with patch(NAMES[0], print): ...\n",
        "def test_it():\n    importlib.import_module('app.one').numbers = Mock()\n",
    ],
)
def test_a_test_that_replaces_the_helper(tmp_path: Path, test: str) -> None:
    files = {"app/helpers.py": HELPER, "app/one.py": LOOP}
    finding = found(project(tmp_path, {**files, "tests/test_one.py": test}))[0]
    assert stopped(finding) == {"not-replaced": Status.UNKNOWN}


def test_a_helper_of_the_tests_that_replaces_what_it_is_told(tmp_path: Path) -> None:
    helper = """
        def replace(monkeypatch, name):
            monkeypatch.setattr(name, print)
    """
    test = "def test_it(monkeypatch):\n    replace(monkeypatch, 'app.one.numbers')\n"
    files = {"app/helpers.py": HELPER, "app/one.py": LOOP, "tests/replacing.py": helper}
    finding = found(project(tmp_path, {**files, "tests/test_one.py": test}))[0]
    assert stopped(finding) == {"not-replaced": Status.UNKNOWN}


@pytest.mark.parametrize(
    "test",
    [
        "def test_it():\n    self.numbers = Mock()\n",
        "def test_it():\n    assert ask(Mock(), 'numbers') == {'helpers': 1}\n",
        "def test_it():\n    answer = Mock()\n    answer.helpers = 3\n",
    ],
)
def test_a_test_that_only_has_the_same_words(tmp_path: Path, test: str) -> None:
    files = {"app/helpers.py": HELPER, "app/one.py": LOOP, "tests/test_one.py": test}
    assert not stopped(found(project(tmp_path, files))[0])


def test_a_test_that_replaces_the_module_by_its_other_name(tmp_path: Path) -> None:
    loop = LOOP.replace("from app.helpers import numbers", "from app import helpers as counting")
    loop = loop.replace("numbers(session, each)", "counting.numbers(session, each)")
    test = REPLACED.replace("app.one.numbers", "app.one.counting")
    files = {"app/helpers.py": HELPER, "app/one.py": loop, "tests/test_one.py": test}
    assert stopped(found(project(tmp_path, files))[0]) == {"not-replaced": Status.UNKNOWN}


def test_a_test_that_replaces_something_else(tmp_path: Path) -> None:
    files = {"app/helpers.py": HELPER, "app/one.py": LOOP}
    test = REPLACED.replace("app.one.numbers", "app.one.others") + "        assert numbers() == 1\n"
    assert not stopped(found(project(tmp_path, {**files, "tests/test_one.py": test}))[0])


def test_a_helper_that_is_imported_in_the_function(tmp_path: Path) -> None:
    loop = LOOP.replace("from app.helpers import numbers\n", "").replace(
        "    return [", "    from app.helpers import numbers\n\n    return ["
    )
    findings = found(project(tmp_path, {"app/helpers.py": HELPER, "app/one.py": loop}))
    assert [stopped(finding) for finding in findings] == [{}]


def test_a_helper_that_is_imported_in_a_part_of_the_function(tmp_path: Path) -> None:
    loop = LOOP.replace("from app.helpers import numbers\n", "").replace(
        "    return [",
        "    if customer_ids:\n        from app.helpers import numbers\n\n    return [",
    )
    findings = found(project(tmp_path, {"app/helpers.py": HELPER, "app/one.py": loop}))
    assert [stopped(finding) for finding in findings] == [{"call-understood": Status.REFUTED}]


def test_a_name_that_means_something_else(tmp_path: Path) -> None:
    loop = LOOP.replace("    return [", "    order_counts_by_customer_id = {}\n    return [")
    findings = found(project(tmp_path, {"app/helpers.py": HELPER, "app/one.py": loop}))
    assert stopped(findings[0]) == {"writable": Status.REFUTED}


def test_keys_that_all_callers_bring(tmp_path: Path) -> None:
    """Without annotations, what all callers hand over says what the keys are."""
    helper = HELPER.replace("session: Session, customer_id: int", "session, customer_id")
    files = {"app/helpers.py": helper, "app/one.py": LOOP}
    assert not stopped(found(project(tmp_path, files))[0])
    unknown = """
        from app.helpers import numbers

        def one(session, text):
            return numbers(session, text)
    """
    finding = found(project(tmp_path, {**files, "app/two.py": unknown}))[0]
    assert stopped(finding) == {"keys-equal": Status.UNKNOWN}


TWICE = """
from sqlalchemy.orm import Session

from app.helpers import numbers
from app.models import Customer, Order


def figures(session: Session, order: Order) -> object:
    customers = session.query(Customer).order_by(Customer.id).all()
    first = [numbers(session, customer.id) for customer in customers]
    # between
    named = [customer for customer in customers if customer.name]
    return first, [numbers(session, customer.id) for customer in named]
"""


def test_an_item_that_is_no_row_is_fetched_for_each_loop(tmp_path: Path) -> None:
    written = after(project(tmp_path, {"app/helpers.py": HELPER, "app/one.py": TWICE}))
    assert written["app/one.py"].count("= order_counts_by_customer_id(") == 2


ROWS = (
    HELPER.replace("customer_id: int", "customer: Customer")
    .replace("== customer_id", "== customer.id")
    .replace("import Order", "import Customer, Order")
)


def test_rows_of_one_query_are_fetched_once(tmp_path: Path) -> None:
    loops = TWICE.replace("customer.id)", "customer)")
    written = after(project(tmp_path, {"app/helpers.py": ROWS, "app/one.py": loops}))
    assert written["app/one.py"].count("= order_counts_by_customer_id(") == 1
    assert written["app/one.py"].count("order_counts=order_counts)") == 2


def test_a_write_in_between_is_followed_by_another_fetch(tmp_path: Path) -> None:
    loops = TWICE.replace("customer.id)", "customer)").replace(
        "# between", "session.add(Order(customer_id=1, seller_id=1))"
    )
    written = after(project(tmp_path, {"app/helpers.py": ROWS, "app/one.py": loops}), review=True)
    assert written["app/one.py"].count("= order_counts_by_customer_id(") == 2


def test_two_calls_of_a_loop_share_the_fetch(tmp_path: Path) -> None:
    loops = LOOP.replace(
        "[numbers(session, each)", "[numbers(session, each) + numbers(session, each)"
    )
    loops = loops.replace("in customer_ids]", "in list(customer_ids)]")
    written = after(project(tmp_path, {"app/helpers.py": HELPER, "app/one.py": loops}))
    assert written["app/one.py"].count("= order_counts_by_customer_id(") == 1
    assert written["app/one.py"].count("order_counts=order_counts)") == 2


DECORATED = """
from functools import wraps

from sqlalchemy.orm import Session

from app.models import Order


def counted(function):
    '''Says how often a function is called.'''

    @wraps(function)
    def wrapper(*args, **kwargs):
        print(function.__name__)
        return function(*args, **kwargs)

    return wrapper


@counted
def numbers(session: Session, customer_id: int) -> int:
    return session.query(Order).filter(Order.customer_id == customer_id).count()
"""


def test_a_decorator_that_hands_on_whatever_it_gets(tmp_path: Path) -> None:
    files = {"app/helpers.py": DECORATED, "app/one.py": LOOP}
    findings = found(project(tmp_path, files))
    assert [stopped(finding).get("takes-a-parameter") for finding in findings] == [None]
    looks = DECORATED.replace("print(function.__name__)", "print(kwargs)")
    findings = found(project(tmp_path, {**files, "app/helpers.py": looks}))
    assert [stopped(finding).get("takes-a-parameter") for finding in findings] == [Status.REFUTED]


def test_another_function_of_the_same_name_is_no_recursion(tmp_path: Path) -> None:
    helper = HELPER.replace("customer_id: int)", "customer_id: int, log=None)").replace(
        "    return", "    log.numbers()\n    return"
    )
    findings = found(project(tmp_path, {"app/helpers.py": helper, "app/one.py": LOOP}))
    assert [stopped(finding).get("not-recursive") for finding in findings] == [None]


def test_a_package_that_hands_the_helper_on_has_no_batch_function(tmp_path: Path) -> None:
    files = {
        "app/tools/__init__.py": "from app.tools.helpers import numbers\n",
        "app/tools/helpers.py": HELPER,
        "app/loop.py": """
            from sqlalchemy.orm import Session

            from app import tools


            def all_numbers(session: Session, customer_ids: list[int]) -> list[int]:
                return [tools.numbers(session, each) for each in customer_ids]
        """,
    }
    root = project(tmp_path, files)
    (finding,) = found(root)
    assert stopped(finding) == {"call-understood": Status.REFUTED}
    direct = files["app/loop.py"].replace("from app import tools", "from app.tools import helpers")
    (root / "app/loop.py").write_text(
        textwrap.dedent(direct.replace("tools.numbers", "helpers.numbers")), "utf-8"
    )
    assert (
        "helpers.order_counts_by_customer_id(session, customer_ids)" in after(root)["app/loop.py"]
    )


def test_an_object_may_hold_something_else_by_the_name(tmp_path: Path) -> None:
    service = """
        from sqlalchemy.orm import Session

        from app.models import Order


        class Numbers:
            def __init__(self, session: Session) -> None:
                self.session = session
                self.order_counts_by_customer_id: dict[int, int] = {}

            def number(self, customer_id: int) -> int:
                return self.session.query(Order).filter(Order.customer_id == customer_id).count()

            def all(self, customer_ids: list[int]) -> list[int]:
                return [self.number(each) for each in customer_ids]
    """
    written = after(project(tmp_path, {"app/service.py": service}))
    assert "def load_number_data(" in written["app/service.py"]
    assert "def order_counts_by_customer_id(" not in written["app/service.py"]


def test_data_of_a_helper_further_down_is_named_in_quotes(tmp_path: Path) -> None:
    helpers = """
        from sqlalchemy.orm import Session

        from app.models import Customer, Order


        def both(session: Session, order: Order):
            return names(session, order)


        def names(session: Session, order: Order):
            buyer = session.query(Customer).filter(Customer.id == order.customer_id).first()
            return buyer, session.query(Order).filter(Order.seller_id == order.seller_id).count()
    """
    loop = LOOP.replace("numbers", "both").replace("customer_ids: list[int]", "orders: list[Order]")
    loop = loop.replace("customer_ids", "orders").replace(
        "app.helpers", "app.models import Order\nfrom app.helpers"
    )
    written = after(project(tmp_path, {"app/helpers.py": helpers, "app/loop.py": loop}))
    assert 'data: "NamesData | None" = None' in written["app/helpers.py"]


def test_an_import_after_other_code_breaks_a_circle(tmp_path: Path) -> None:
    late = LOOP.replace(
        "from app.helpers import numbers\n", "TOTAL = 1\n\nfrom app.helpers import numbers\n"
    )
    circle = HELPER.replace("import Order\n", "import Order\nfrom app.loop import TOTAL\n")
    (finding,) = found(project(tmp_path, {"app/helpers.py": circle, "app/loop.py": late}))
    assert stopped(finding) == {"call-understood": Status.REFUTED}
    (tmp_path / "app/helpers.py").write_text(HELPER, "utf-8")
    assert set(after(tmp_path)) == {"app/helpers.py", "app/loop.py"}


def test_a_method_by_the_name_of_one_of_a_dict_does_not_call_itself(tmp_path: Path) -> None:
    repository = """
        from sqlalchemy.orm import Session

        from app.models import Order


        class Orders:
            def __init__(self, session: Session) -> None:
                self.session = session
                self.sellers: dict[str, int] = {}

            def get(self, customer_id: int) -> int:
                seller_id = self.sellers.get("main", 0)
                orders = self.session.query(Order).filter(Order.seller_id == seller_id)
                return orders.filter(Order.customer_id == customer_id).count()

            def all(self, customer_ids: list[int]) -> list[int]:
                return [self.get(each) for each in customer_ids]
    """
    (finding,) = found(project(tmp_path, {"app/repository.py": repository}))
    assert stopped(finding) == {}


SESSIONS = """
from sqlalchemy.orm import sessionmaker

SessionLocal = sessionmaker(autoflush=False)
"""
MADE = """
from sqlalchemy.orm import Session

from app.models import Order


def numbered(session: Session, number: int) -> None:
    order = session.query(Order).filter(Order.id == number).one_or_none()
    if order is None:
        order = Order(id=number, customer_id=1)
        session.add(order)
        {then}


def number_all(session: Session, numbers: {items}) -> None:
    for number in numbers:
        numbered(session, number)
    session.commit()
"""


@pytest.mark.parametrize(
    ("then", "items", "written"),
    [
        ("pass", "list[int]", Status.REFUTED),
        ("pass", "dict[int, int]", Status.PROVEN),
        ("session.flush()", "list[int]", Status.PROVEN),
    ],
)
def test_rows_that_no_lookup_flushes(
    then: str, items: str, written: Status, tmp_path: Path
) -> None:
    """Without autoflush a later call finds what its helper has flushed, and looks for nothing else
    where no key comes twice."""
    made = MADE.format(then=then, items=items)
    (finding,) = found(project(tmp_path, {"app/db.py": SESSIONS, "app/made.py": made}))
    (status,) = {c.status for c in finding.preconditions if c.name == "table-not-written"}
    assert status is written
    assert (finding.fix is None) == (written is Status.REFUTED)
