"""A key that a lazy load asks with in small letters, and a class with a subquery in its columns,
which would lose its table to the query around it."""

from sqlalchemy import Column, ForeignKey, Integer, String, TypeDecorator, func, select
from sqlalchemy.orm import column_property, declarative_base, relationship

Base = declarative_base()


class Lower(TypeDecorator):
    impl = String(20)

    def process_bind_param(self, value, dialect):
        return value and value.lower()


class Sale(Base):
    __tablename__ = "sales"

    id = Column(Integer, primary_key=True)
    shop_code = Column(ForeignKey("shops.code"))
    seller_id = Column(ForeignKey("sellers.id"))

    shop = relationship("Shop")
    seller = relationship("Seller")


class Shop(Base):
    __tablename__ = "shops"

    code = Column(Lower, primary_key=True)
    name = Column(String(20))


class Seller(Base):
    __tablename__ = "sellers"

    id = Column(Integer, primary_key=True)
    name = Column(String(20))
    sales = column_property(
        select(func.count(Sale.id)).where(Sale.seller_id == id).scalar_subquery()
    )


def shops(session):
    query = session.query(Sale).outerjoin(Sale.shop).order_by(Sale.id)
    return [sale.shop and sale.shop.name for sale in query]


def sellers(session):
    query = session.query(Sale).join(Sale.seller).order_by(Sale.id)
    return [sale.seller.name for sale in query]
