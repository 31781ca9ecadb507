"""What a project's files are called, where several services have modules of one name as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods import check, diff
from codemods.project.discovery import python_files
from codemods.project.module_names import ModuleNames
from codemods.settings import Settings


def _tree(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_modules_are_named_from_where_python_starts(tmp_path: Path) -> None:
    _tree(
        tmp_path,
        {
            "src/shop/__init__.py": "",
            "src/shop/models/__init__.py": "",
            "src/shop/models/order.py": "",
            "backend/requirements.txt": "",
            "backend/api/routes.py": "",
            "tools/run.py": "",
            "setup.py": "",
        },
    )
    names = ModuleNames(tmp_path, python_files(tmp_path, Settings())).of
    found = {path.relative_to(tmp_path).as_posix(): name for path, name in names.items()}
    assert found == {
        "src/shop/__init__.py": ("shop", True),
        "src/shop/models/__init__.py": ("shop.models", True),
        "src/shop/models/order.py": ("shop.models.order", False),
        "backend/api/routes.py": ("api.routes", False),
        "tools/run.py": ("tools.run", False),
        "setup.py": ("setup", False),
    }


def test_services_have_modules_of_their_own(tmp_path: Path) -> None:
    _tree(
        tmp_path,
        {
            ".git/HEAD": "",
            "a/app/__init__.py": "",
            "a/app/models.py": "",
            "b/app/__init__.py": "",
            "b/app/models.py": "",
            "b/app/api.py": "",
            "b/run.py": "",
        },
    )
    names = ModuleNames(tmp_path, python_files(tmp_path, Settings()))
    found = {path.relative_to(tmp_path).as_posix(): name for path, (name, _) in names.of.items()}
    assert found == {
        "a/app/__init__.py": "a.app",
        "a/app/models.py": "a.app.models",
        "b/app/__init__.py": "b.app",
        "b/app/models.py": "b.app.models",
        "b/app/api.py": "b.app.api",
        "b/run.py": "run",
    }
    assert names.full(tmp_path / "b/app/api.py", "app.models") == "b.app.models"
    assert names.written(tmp_path / "b/app/api.py", "b.app.models") == "app.models"
    assert names.full(tmp_path / "b/app/api.py", "sqlalchemy.orm") == "sqlalchemy.orm"


def test_the_root_comes_first(tmp_path: Path) -> None:
    _tree(
        tmp_path,
        {"pyproject.toml": "", "models.py": "", "old/requirements.txt": "", "old/models.py": ""},
    )
    names = ModuleNames(tmp_path, python_files(tmp_path, Settings()))
    assert names.of[tmp_path / "models.py"] == ("models", False)
    assert names.of[tmp_path / "old/models.py"] == ("old.models", False)


def test_a_folder_that_is_imported_by_its_name_is_a_package(tmp_path: Path) -> None:
    _tree(
        tmp_path,
        {
            "pyproject.toml": "",
            "shop/api/routes.py": "from shop.models.order import Order\n",
            "shop/models/order.py": "",
            "shop/models/people/customer.py": "import shop.models.order\n",
            "shop/tasks/__init__.py": "from shop.models import order\n",
            "shop/models/parts/__init__.py": "",
            "shop/models/parts/part.py": "from shop.models.people.customer import Customer\n",
        },
    )
    names = ModuleNames(tmp_path, python_files(tmp_path, Settings()))
    found = {path.relative_to(tmp_path).as_posix(): name for path, (name, _) in names.of.items()}
    assert found == {
        "shop/api/routes.py": "shop.api.routes",
        "shop/models/order.py": "shop.models.order",
        "shop/models/people/customer.py": "shop.models.people.customer",
        "shop/tasks/__init__.py": "shop.tasks",
        "shop/models/parts/__init__.py": "shop.models.parts",
        "shop/models/parts/part.py": "shop.models.parts.part",
    }


def test_a_folder_that_python_is_started_in_is_none(tmp_path: Path) -> None:
    _tree(
        tmp_path,
        {
            "pyproject.toml": "",
            "service/api/__init__.py": "from models.order import Order\n",
            "service/api/routes.py": "from models import order\nimport service.models.order\n",
            "service/models/__init__.py": "",
            "service/models/order.py": "import service.tools\n",
            "service/tools.py": "from api import routes\n",
        },
    )
    names = ModuleNames(tmp_path, python_files(tmp_path, Settings()))
    assert names.of[tmp_path / "service/models/order.py"] == ("models.order", False)


def test_scripts_that_import_one_another(tmp_path: Path) -> None:
    _tree(
        tmp_path,
        {
            "pyproject.toml": "",
            "models.py": "",
            "jobs/run.py": "from queries import all_orders\n",
            "jobs/queries.py": "from models import Order\n",
            "tools/run.py": "import json\nfrom tools.json import dumps\n",
            "tools/json.py": "",
            "more/run.py": "from models import Order\n",
            "more/models.py": "",
            "near/run.py": "from .queries import all_orders\n",
            "near/queries.py": "",
        },
    )
    names = ModuleNames(tmp_path, python_files(tmp_path, Settings()))
    found = {path.relative_to(tmp_path).as_posix(): name for path, (name, _) in names.of.items()}
    assert found == {
        "models.py": "models",
        "jobs/run.py": "run",
        "jobs/queries.py": "queries",
        "tools/run.py": "tools.run",
        "tools/json.py": "tools.json",
        "more/run.py": "more.run",
        "more/models.py": "more.models",
        "near/run.py": "near.run",
        "near/queries.py": "near.queries",
    }


def test_folders_of_scripts_with_files_of_one_name(tmp_path: Path) -> None:
    for folder in ("a", "b/before"):
        files = {f"{folder}/run.py": "import queries\n", f"{folder}/queries.py": ""}
        _tree(tmp_path, {"pyproject.toml": "", **files})
    names = ModuleNames(tmp_path, python_files(tmp_path, Settings()))
    assert names.of[tmp_path / "b/before/queries.py"] == ("b.before.queries", False)
    assert names.full(tmp_path / "b/before/run.py", "queries") == "b.before.queries"
    assert names.full(tmp_path / "a/run.py", "queries") == "a.queries"


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("from database.models import Order", "services.report"),
        ("from shop.database.models import Order", "shop.services.report"),
        ("from ..database.models import Order", "shop.services.report"),
    ],
)
def test_a_root_with_a_file_of_a_package(tmp_path: Path, written: str, named: str) -> None:
    root = tmp_path / "shop"
    _tree(
        root,
        {
            "__init__.py": "",
            "database/__init__.py": "",
            "database/models.py": "class Order: pass\n",
            "services/__init__.py": "",
            "services/report.py": f"{written}\n",
        },
    )
    names = ModuleNames(root, python_files(root, Settings()))
    assert names.of[root / "services/report.py"] == (named, False)


def test_services_with_files_of_packages(tmp_path: Path) -> None:
    _tree(
        tmp_path,
        {
            ".git/HEAD": "",
            "order-api/__init__.py": "",
            "order-api/src/__init__.py": "",
            "order-api/src/orders/__init__.py": "from .models import Order\n",
            "order-api/src/orders/models.py": "from orders import base\n",
            "order-api/src/orders/base.py": "",
            "order-api/tests/__init__.py": "",
            "order-api/tests/test_models.py": "from tests import data\nfrom orders import Order\n",
            "order-api/tests/data.py": "",
            "queues/order-mailer/__init__.py": "",
            "queues/order-mailer/pyproject.toml": "",
            "queues/order-mailer/src/__init__.py": "",
            "queues/order-mailer/src/mailer/__init__.py": "from mailer import letters\n",
            "queues/order-mailer/src/mailer/letters.py": "",
            "shop/__init__.py": "",
            "shop/requirements.txt": "",
            "shop/src/__init__.py": "from shop.src import cart\n",
            "shop/src/cart.py": "",
        },
    )
    names = ModuleNames(tmp_path, python_files(tmp_path, Settings())).of
    found = {path.relative_to(tmp_path).as_posix(): name for path, (name, _) in names.items()}
    assert found["order-api/src/orders/models.py"] == "orders.models"
    assert found["order-api/tests/data.py"] == "tests.data"
    assert found["queues/order-mailer/src/mailer/letters.py"] == "mailer.letters"
    assert found["shop/src/cart.py"] == "shop.src.cart"


_MODELS = """\
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customers"
    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customers.id"), nullable=False)
    customer = relationship(Customer{lazy})
"""

_QUERY = """\
from app.models import Order


def orders(session):
    return session.query(Order).order_by(Order.id).all()
"""

_NAMES = """\
from app import queries


def names(session):
    from app.models import Order

    first = session.query(Order).first()
    return first, [order.customer.name for order in queries.orders(session)]
"""


def test_each_service_is_checked_with_its_own_models(tmp_path: Path) -> None:
    tree = {".git/HEAD": ""}
    for service, lazy in (("billing", ', lazy="joined"'), ("shop", "")):
        tree[f"{service}/app/__init__.py"] = ""
        tree[f"{service}/app/models.py"] = _MODELS.replace("{lazy}", lazy)
        tree[f"{service}/app/queries.py"] = _QUERY
        tree[f"{service}/app/names.py"] = _NAMES
    _tree(tmp_path, tree)
    report = check([tmp_path])
    assert [p.place.path.relative_to(tmp_path).as_posix() for p in report.problems] == [
        "shop/app/names.py"
    ]
    changes = diff([tmp_path], review=True)
    assert [change.path.relative_to(tmp_path).as_posix() for change in changes.files] == [
        "shop/app/queries.py"
    ]
    assert b"selectinload(Order.customer)" in changes.files[0].after


def test_a_name_that_several_services_have_means_none_elsewhere(tmp_path: Path) -> None:
    tree = {".git/HEAD": ""}
    for service in ("billing", "shop"):
        tree[f"{service}/app/__init__.py"] = ""
        tree[f"{service}/app/models.py"] = _MODELS.replace("{lazy}", "")
    tree["report.py"] = _QUERY + "\n\ndef names(s):\n    return [o.customer for o in orders(s)]\n"
    _tree(tmp_path, tree)
    assert check([tmp_path]).problems == ()


def test_a_package_without_a_file_of_its_own_is_followed(tmp_path: Path) -> None:
    tree = {
        ".git/HEAD": "",
        "app/models.py": _MODELS.replace("{lazy}", ""),
        "app/queries.py": _QUERY,
        "app/names.py": _NAMES,
        "app/tasks/__init__.py": "",
    }
    _tree(tmp_path, tree)
    [change] = diff([tmp_path], review=True).files
    assert change.path == tmp_path / "app/queries.py"
    assert b"selectinload(Order.customer)" in change.after
