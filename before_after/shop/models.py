"""The shop's tables, in the style that SQLAlchemy 1.4, 2.0 and 2.1 share."""

import enum

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Enum,
    ForeignKey,
    Integer,
    Numeric,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import backref, declarative_base, relationship

Base = declarative_base()


class OrderStatus(enum.Enum):
    NEW = "new"
    PAID = "paid"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"


class AddressKind(enum.Enum):
    HOME = "home"
    WORK = "work"


product_tags = Table(
    "product_tags",
    Base.metadata,
    Column("product_id", ForeignKey("products.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)

user_roles = Table(
    "user_roles",
    Base.metadata,
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    Column("role_id", ForeignKey("roles.id"), primary_key=True),
)


class Country(Base):
    __tablename__ = "countries"

    code = Column(String(2), primary_key=True)
    name = Column(String(50), nullable=False)


class Customer(Base):
    __tablename__ = "customers"

    id = Column(Integer, primary_key=True)
    email = Column(String(100), nullable=False, unique=True)
    name = Column(String(100), nullable=False)
    country_code = Column(ForeignKey("countries.code"))
    referrer_id = Column(ForeignKey("customers.id"))
    birthday = Column(Date)
    vip = Column(Boolean, nullable=False, default=False)

    country = relationship("Country")
    referrer = relationship("Customer", remote_side=[id], back_populates="referred")
    referred = relationship("Customer", back_populates="referrer", order_by="Customer.id")
    addresses = relationship("Address", back_populates="customer", order_by="Address.id")
    orders = relationship("Order", back_populates="customer", order_by="Order.id")
    reviews = relationship("Review", back_populates="customer")
    profile = relationship("Profile", back_populates="customer", uselist=False)

    @property
    def label(self):
        return "%s <%s>" % (self.name, self.email)


class Profile(Base):
    __tablename__ = "profiles"

    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customers.id"), nullable=False, unique=True)
    bio = Column(Text)

    customer = relationship("Customer", back_populates="profile")


class Address(Base):
    __tablename__ = "addresses"

    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customers.id"), nullable=False)
    kind = Column(Enum(AddressKind), nullable=False)
    city = Column(String(50), nullable=False)

    customer = relationship("Customer", back_populates="addresses")


class Supplier(Base):
    __tablename__ = "suppliers"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False, unique=True)
    city = Column(String(50))

    products = relationship("Product", back_populates="supplier", order_by="Product.id")


class Category(Base):
    __tablename__ = "categories"

    id = Column(Integer, primary_key=True)
    slug = Column(String(50), nullable=False, unique=True)
    name = Column(String(50), nullable=False)
    parent_id = Column(ForeignKey("categories.id"))

    parent = relationship("Category", remote_side=[id], back_populates="children")
    children = relationship("Category", back_populates="parent", order_by="Category.id")
    products = relationship("Product", back_populates="category", order_by="Product.id")


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False, unique=True)
    uses = Column(Integer, nullable=False, default=0)

    products = relationship("Product", secondary=product_tags, back_populates="tags")


class Product(Base):
    __tablename__ = "products"

    id = Column(Integer, primary_key=True)
    sku = Column(String(20), nullable=False, unique=True)
    name = Column(String(100), nullable=False)
    price = Column(Numeric(10, 2), nullable=False)
    stock = Column(Integer)
    active = Column(Boolean, nullable=False, default=True)
    category_id = Column(ForeignKey("categories.id"))
    supplier_id = Column(ForeignKey("suppliers.id"))

    category = relationship("Category", back_populates="products")
    supplier = relationship("Supplier", back_populates="products")
    tags = relationship("Tag", secondary=product_tags, back_populates="products", order_by="Tag.id")
    reviews = relationship("Review", back_populates="product", order_by="Review.id")


class Order(Base):
    __tablename__ = "orders"

    id = Column(Integer, primary_key=True)
    number = Column(String(20), nullable=False, unique=True)
    customer_id = Column(ForeignKey("customers.id"))
    address_id = Column(ForeignKey("addresses.id"))
    status = Column(Enum(OrderStatus), nullable=False)
    placed_on = Column(Date, nullable=False)
    total = Column(Numeric(10, 2))

    customer = relationship("Customer", back_populates="orders")
    address = relationship("Address")
    lines = relationship("OrderLine", back_populates="order", order_by="OrderLine.position")


class OrderLine(Base):
    __tablename__ = "order_lines"
    __table_args__ = (UniqueConstraint("order_id", "position"),)

    id = Column(Integer, primary_key=True)
    order_id = Column(ForeignKey("orders.id"), nullable=False)
    position = Column(Integer, nullable=False)
    product_id = Column(ForeignKey("products.id"))
    quantity = Column(Integer, nullable=False)
    unit_price = Column(Numeric(10, 2), nullable=False)

    order = relationship("Order", back_populates="lines")
    product = relationship("Product")


class Payment(Base):
    __tablename__ = "payments"

    id = Column(Integer, primary_key=True)
    order_id = Column(ForeignKey("orders.id"), nullable=False)
    method = Column(String(20), nullable=False)
    amount = Column(Numeric(10, 2), nullable=False)
    paid_at = Column(DateTime)

    order = relationship("Order", backref=backref("payments", order_by="Payment.id"))


class Review(Base):
    __tablename__ = "reviews"

    id = Column(Integer, primary_key=True)
    product_id = Column(ForeignKey("products.id"), nullable=False)
    customer_id = Column(ForeignKey("customers.id"))
    rating = Column(Integer)
    text = Column(Text)

    product = relationship("Product", back_populates="reviews")
    customer = relationship("Customer", back_populates="reviews")


class PriceListEntry(Base):
    """A price in one of the price lists; the key is composite."""

    __tablename__ = "price_list_entries"

    list_code = Column(String(10), primary_key=True)
    product_id = Column(ForeignKey("products.id"), primary_key=True)
    price = Column(Numeric(10, 2), nullable=False)

    product = relationship("Product")


class Role(Base):
    __tablename__ = "roles"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False, unique=True)


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    login = Column(String(50), nullable=False, unique=True)
    manager_id = Column(ForeignKey("users.id"))

    manager = relationship("User", remote_side=[id])
    roles = relationship("Role", secondary=user_roles, order_by="Role.id")
    entries = relationship("AuditLog", back_populates="user", lazy="dynamic")


class AuditLog(Base):
    """Who did what to which record; records are named by text, not by a foreign key."""

    __tablename__ = "audit_log"

    id = Column(Integer, primary_key=True)
    entity_type = Column(String(20), nullable=False)
    entity_id = Column(String(20), nullable=False)
    action = Column(String(20), nullable=False)
    user_id = Column(ForeignKey("users.id"))
    timestamp = Column(DateTime, nullable=False)

    user = relationship("User", back_populates="entries")
