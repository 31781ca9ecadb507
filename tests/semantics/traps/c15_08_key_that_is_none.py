"""One key in two columns, None for the rows at the top."""

from sqlalchemy import Column, ForeignKey, Integer, or_
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 15,
    "title": "id == key, parent_id == key in one query: `== None` is IS NULL, in_([None]) finds nothing",
    "verdict": "care",
    "differs": "result",
}

Base = declarative_base()


class Category(Base):
    __tablename__ = "category"
    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("category.id"))


def seed(session):
    for i in range(1, 8):
        session.add(Category(id=i, parent_id=(None, 1, 2)[i % 3] if i > 2 else None))
        session.flush()


inputs = [(None,), (1,), (2,), (99,)]


def before(session: Session, category_id):
    category = session.query(Category).filter(Category.id == category_id).first()
    below = (
        session.query(Category)
        .filter(Category.parent_id == category_id)
        .order_by(Category.id)
        .all()
    )
    return (category.id if category else None, [child.id for child in below])


def naive(session: Session, category_id):
    query = session.query(Category)
    query = query.filter(
        or_(Category.id.in_([category_id]), Category.parent_id.in_([category_id]))
    )
    rows = query.order_by(Category.id).all()
    category = next((row for row in rows if row.id == category_id), None)
    return (
        category.id if category else None,
        [row.id for row in rows if row.parent_id == category_id],
    )


def correct(session: Session, category_id):
    query = session.query(Category)
    query = query.filter(or_(Category.id == category_id, Category.parent_id == category_id))
    rows = query.order_by(Category.id).all()
    category = next((row for row in rows if row.id == category_id), None)
    return (
        category.id if category else None,
        [row.id for row in rows if row.parent_id == category_id],
    )


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
