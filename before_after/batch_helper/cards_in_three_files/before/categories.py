from shop.models import Category
from sqlalchemy import select
from sqlalchemy.orm import Session


def find(session: Session, category_id: int | None) -> Category | None:
    return session.scalars(select(Category).where(Category.id == category_id)).one_or_none()
