"""The primary key comes from a class of another package, and nothing says what it is."""

from accounts import Owned
from sqlalchemy import Column, String

from shop.models import Base


class Voucher(Owned, Base):
    __tablename__ = "vouchers"

    code = Column(String(20), nullable=False)


def used(session, code: str):
    return len(session.query(Voucher).filter(Voucher.code == code).all())  # review: count-in-database (rows-not-repeated)
