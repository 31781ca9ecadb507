"""The models of the random programs: unique and other keys, every kind of relationship."""

from __future__ import annotations

import enum
from typing import Any, ClassVar

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Enum,
    Float,
    ForeignKey,
    Integer,
    Numeric,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import declarative_base, relationship, validates

Base = declarative_base()


class Status(enum.Enum):
    new = "new"
    paid = "paid"
    void = "void"


class Lower(TypeDecorator):
    impl = String
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value.lower() if isinstance(value, str) else value


customer_tags = Table(
    "customer_tags",
    Base.metadata,
    Column("customer_id", ForeignKey("customers.id")),
    Column("tag_id", ForeignKey("tags.id")),
)


class Country(Base):
    __tablename__ = "countries"
    code = Column(String(2), primary_key=True)
    name = Column(String, nullable=False)


class Region(Base):
    __tablename__ = "regions"
    id = Column(Integer, primary_key=True)
    name = Column(String, nullable=False, unique=True)
    parent_id = Column(Integer, ForeignKey("regions.id"))
    parent = relationship("Region", remote_side=[id], back_populates="children")
    children = relationship("Region", back_populates="parent", order_by="Region.id")


class Customer(Base):
    __tablename__ = "customers"
    id = Column(Integer, primary_key=True)
    email = Column(String, nullable=False, unique=True)
    name = Column(String)
    region_id = Column(Integer, ForeignKey("regions.id"))
    country_code = Column(String(2), ForeignKey("countries.code"))
    vip = Column(Boolean)
    joined = Column(Date)
    balance = Column(Numeric(10, 2))
    region = relationship("Region")
    country = relationship("Country")
    orders = relationship("Order", back_populates="customer")
    invoices = relationship("Invoice", back_populates="customer", order_by="Invoice.id")
    profile = relationship("Profile", back_populates="customer", uselist=False)
    tags = relationship("Tag", secondary=customer_tags, order_by="Tag.id")

    @hybrid_property
    def shown(self):
        return self.name

    @property
    def region_name(self):
        return self.region.name if self.region else None


class Profile(Base):
    __tablename__ = "profiles"
    id = Column(Integer, primary_key=True)
    customer_id = Column(Integer, ForeignKey("customers.id"), unique=True)
    bio = Column(String)
    customer = relationship("Customer", back_populates="profile")


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    number = Column(String, nullable=False, unique=True)
    customer_id = Column(Integer, ForeignKey("customers.id"))
    status = Column(Enum(Status), nullable=False, default=Status.new)
    placed = Column(DateTime)
    day = Column(Date)
    amount = Column(Integer)
    total = Column(Numeric(10, 2))
    rate = Column(Float)
    customer = relationship("Customer", back_populates="orders")
    lines = relationship("Line", back_populates="order", order_by="Line.id")


class Line(Base):
    __tablename__ = "lines"
    id = Column(Integer, primary_key=True)
    order_id = Column(Integer, ForeignKey("orders.id"), nullable=False)
    product_id = Column(Integer, ForeignKey("products.id"))
    quantity = Column(Integer, nullable=False, default=1)
    order = relationship("Order", back_populates="lines")
    product = relationship("Product")


class Product(Base):
    __tablename__ = "products"
    id = Column(Integer, primary_key=True)
    sku = Column(String, nullable=False, unique=True)
    code = Column(Lower, unique=True)
    category = Column(String)
    price = Column(Numeric(10, 2))
    weight = Column(Numeric(10, 3, asdecimal=False))
    active = Column(Boolean, nullable=False, default=True)
    uid = Column(Uuid, unique=True)


class Price(Base):
    __tablename__ = "prices"
    list_code = Column(String(3), primary_key=True)
    product_id = Column(Integer, ForeignKey("products.id"), primary_key=True)
    amount = Column(Integer)
    product = relationship("Product")


class Slot(Base):
    __tablename__ = "slots"
    __table_args__ = (UniqueConstraint("day", "place"),)
    id = Column(Integer, primary_key=True)
    day = Column(Date)
    place = Column(Integer)
    label = Column(String)


class Tag(Base):
    __tablename__ = "tags"
    id = Column(Integer, primary_key=True)
    name = Column(String, nullable=False, unique=True)
    uses = Column(Integer, nullable=False, default=0)


class Label(Base):
    __tablename__ = "labels"
    id = Column(Integer, primary_key=True)
    name = Column(String, nullable=False, unique=True)
    uses = Column(Integer, nullable=False, default=0)

    @validates("name")
    def _clean(self, key, value):
        return value.strip()


class Invoice(Base):
    __tablename__ = "invoices"
    id = Column(Integer, primary_key=True)
    customer_id = Column(Integer, ForeignKey("customers.id"))
    kind = Column(String, nullable=False)
    amount = Column(Integer)
    customer = relationship("Customer", back_populates="invoices")
    __mapper_args__: ClassVar[dict[str, Any]] = {
        "polymorphic_on": kind,
        "polymorphic_identity": "plain",
    }


class Reminder(Invoice):
    fee = Column(Integer)
    __mapper_args__: ClassVar[dict[str, Any]] = {"polymorphic_identity": "reminder"}


class Document(Base):
    __tablename__ = "documents"
    id = Column(Integer, primary_key=True)
    kind = Column(String, nullable=False)
    title = Column(String, unique=True)
    order_id = Column(Integer, ForeignKey("orders.id"))
    order = relationship("Order")
    __mapper_args__: ClassVar[dict[str, Any]] = {
        "polymorphic_on": kind,
        "polymorphic_identity": "plain",
    }


class Report(Document):
    __tablename__ = "reports"
    id = Column(Integer, ForeignKey("documents.id"), primary_key=True)
    pages = Column(Integer)
    __mapper_args__: ClassVar[dict[str, Any]] = {"polymorphic_identity": "report"}


class Audit(Base):
    __tablename__ = "audits"
    id = Column(Integer, primary_key=True)
    subject = Column(Integer, nullable=False)
    action = Column(String)
    at = Column(DateTime, nullable=False)
