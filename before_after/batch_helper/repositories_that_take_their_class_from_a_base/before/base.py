"""A repository of any class, which reads the class from what it is made for."""

from collections.abc import Sequence
from typing import Any, Generic, Optional, TypeVar, get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

M = TypeVar("M")


class BaseRepository(Generic[M]):
    model: type[M]

    def __init__(self, session: Session) -> None:
        self.session = session

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if hasattr(cls, "__orig_bases__"):
            cls.model = get_args(cls.__orig_bases__[0])[0]

    def find(self, **filters: Any) -> Optional[M]:
        return self.session.scalars(select(self.model).filter_by(**filters)).one_or_none()

    def list(self, *criteria: Any) -> Sequence[M]:
        return self.session.scalars(select(self.model).where(*criteria).order_by(self.model.id)).all()

    def count(self, **filters: Any) -> int:
        stmt = select(func.count()).select_from(self.model).filter_by(**filters)
        return self.session.scalar(stmt) or 0
