"""What the rows are compared with is changed by what is done with them, has an equality of its own,
or is no number that a column can hold."""

import enum

from sqlalchemy import Column, Enum, Integer

from shop.models import Base, OrderLine, Tag


class Size(enum.Enum):
    SMALL = "small"
    LARGE = "large"

    def __eq__(self, other):
        return isinstance(other, Size)

    __hash__ = enum.Enum.__hash__


class Box(Base):
    __tablename__ = "boxes"

    id = Column(Integer, primary_key=True)
    size = Column(Enum(Size), nullable=False)


def take(tag, line):
    tag.uses -= 1
    return line


def taken(session, key):
    tag = session.query(Tag).filter_by(name=key).one()
    found = []
    for line in session.query(OrderLine).order_by(OrderLine.id):  # review: filter-in-database (same-value)
        if line.quantity < tag.uses:
            found.append(take(tag, line))
    return found


def small(session):
    found = []
    for box in session.query(Box).order_by(Box.id):  # found: filter-in-database (same-value)
        if box.size == Size.SMALL:
            found.append(box)
    return found


def all_lines(session):
    found = []
    for line in session.query(OrderLine).order_by(OrderLine.id):  # found: filter-in-database (same-value)
        if line.quantity < 99999999999999999999:
            found.append(line)
    return found
