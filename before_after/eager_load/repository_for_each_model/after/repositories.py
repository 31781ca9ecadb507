"""A repository for each table; what they have in common is written once."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.interfaces import ORMOption

from shop_typed.models import Base, Order, Tag

M = TypeVar("M", bound=Base)


class Repository(Generic[M]):
    model: type[M]

    def __init__(self, session: Session) -> None:
        self.session = session

    def get_all(self, limit: int = 1000, *, options: Sequence[ORMOption] = ()) -> Sequence[M]:
        """The first rows of the table."""
        statement = select(self.model).options(*options).order_by("id").limit(limit)
        return self.session.scalars(statement).all()


class OrderRepository(Repository[Order]):
    model = Order


class TagRepository(Repository[Tag]):
    model = Tag
