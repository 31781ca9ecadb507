"""The key is compared with an expression, and nothing says what it is in Python."""

from sqlalchemy import Column, Integer, String, func
from sqlalchemy.orm import column_property

from shop.models import Base


class Subscriber(Base):
    __tablename__ = "subscribers"

    id = Column(Integer, primary_key=True)
    email = Column(String(100), nullable=False, unique=True)
    name = Column(String(100), nullable=False)
    hashed = column_property(func.md5(func.lower(email)))


def names(session, hashes: list[str]):
    result = []
    for value in hashes:
        subscriber = session.query(Subscriber).filter(Subscriber.hashed == value).first()  # found: hoist-lookup (keys-equal)
        result.append(subscriber.name if subscriber else None)
    return result
