"""An error of the second count would come before the first one's number is known."""

from sqlalchemy.exc import SQLAlchemyError

from shop.models import Tag


def numbers(session):
    total = used = None
    try:
        total = session.query(Tag).filter(Tag.uses > 3).count()  # found: merge-counts (errors-not-handled)
        used = session.query(Tag).filter(Tag.uses > 2).count()
    except SQLAlchemyError:
        print("no numbers")
    return total, used


def one_by_one(session):
    try:
        total = session.query(Tag).filter(Tag.uses > 3).count()
    except SQLAlchemyError:
        total = 0
    try:
        used = session.query(Tag).filter(Tag.uses > 2).count()
    except SQLAlchemyError:
        used = 0
    return total, used
