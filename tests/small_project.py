"""A small project with N+1 queries in it, for tests of the engine and of what calls it."""

from __future__ import annotations

import textwrap
from pathlib import Path

MODELS = '''
"""What the shop sells, and to whom."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship, sessionmaker

Base = declarative_base()
Session = sessionmaker()


class Customer(Base):
    __tablename__ = "customers"
    id = Column(Integer, primary_key=True)
    name = Column(String, nullable=False)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customers.id"), nullable=False)
    seller_id = Column(ForeignKey("customers.id"), nullable=False)
    customer = relationship(Customer, foreign_keys=[customer_id])
    seller = relationship(Customer, foreign_keys=[seller_id])
'''

ONE = """
from sqlalchemy.orm import Session

from app.models import Order


def customer_names(session: Session) -> list[str]:
    result = []
    for order in session.query(Order).all():
        result.append(order.customer.name)
    return result
"""

TWO_ON_ONE_QUERY = """
from sqlalchemy.orm import Session

from app.models import Order


def pairs(session: Session) -> list[tuple[str, str]]:
    result = []
    for order in session.query(Order).all():
        result.append((order.customer.name, order.seller.name))
    return result
"""

REPOSITORY = """
from sqlalchemy.orm import Session

from app.models import Order


def all_orders(session: Session) -> list[Order]:
    return session.query(Order).all()
"""

CLEAN = """
def total(numbers):
    return sum(numbers)
"""


def make(root: Path, **files: str) -> Path:
    """A project at `root`: a project file, the models, and modules of `app` by name."""
    (root / "app").mkdir(parents=True, exist_ok=True)
    (root / "pyproject.toml").write_text('[project]\nname = "shop"\nversion = "1"\n')
    (root / "app" / "__init__.py").write_text("")
    for name, text in {"models": MODELS, **files}.items():
        (root / "app" / f"{name}.py").write_text(textwrap.dedent(text).lstrip())
    return root
