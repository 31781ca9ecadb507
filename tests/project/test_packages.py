"""Models whose base classes come from a well-known package."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods import check
from codemods.finding import Applicability

MODELS = """
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import DeclarativeBase, relationship
from {package} import {base}


class Base(DeclarativeBase):
    pass


class User({base}{of}, Base):
    id = Column(Integer, primary_key=True)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("user.id"), nullable=False)
    user = relationship(User)


def addresses(session):
    return [(order.user.{attribute}, order.id) for order in session.query(Order).order_by(Order.id)]
"""


@pytest.mark.parametrize(
    ("package", "base", "of", "attribute", "safe"),
    [
        ("fastapi_users_db_sqlalchemy", "SQLAlchemyBaseUserTable", "[int]", "email", True),
        ("fastapi_users_db_sqlalchemy", "SQLAlchemyBaseUserTableUUID", "", "is_active", True),
        ("fastapi_users.db", "SQLAlchemyBaseUserTable", "[int]", "email", True),
        ("somewhere_else", "SQLAlchemyBaseUserTable", "[int]", "email", False),
    ],
)
def test_columns_of_a_known_base_class(
    package: str, base: str, of: str, attribute: str, safe: bool, tmp_path: Path
) -> None:
    text = MODELS.format(package=package, base=base, of=of, attribute=attribute)
    (tmp_path / "pyproject.toml").write_text('[tool.minusn]\ndatabase = ["postgresql"]\n')
    (tmp_path / "app.py").write_text(text)
    report = check([tmp_path], select=("eager-load",))
    found = {finding.applicability for finding in report.problems}
    assert (found == {Applicability.SAFE}) is safe
    assert all(finding.place.path == tmp_path / "app.py" for finding in report.problems)
