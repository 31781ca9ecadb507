"""Found without a fix: one UPDATE would do something else than the session does."""

from sqlalchemy import Column, DateTime, Integer, String, event, func, select
from sqlalchemy.orm import declarative_base, joinedload, validates

from shop.models import Order, OrderStatus, Product, Review, Tag

Base = declarative_base()


class Page(Base):
    __tablename__ = "pages"
    id = Column(Integer, primary_key=True)
    state = Column(String(10))
    version = Column(Integer, nullable=False)
    __mapper_args__ = {"version_id_col": version}


class Profile(Base):
    __tablename__ = "own_profiles"
    id = Column(Integer, primary_key=True)
    active = Column(Integer)
    touched = Column(DateTime, onupdate=func.now())


class Member(Base):
    __tablename__ = "members"
    id = Column(Integer, primary_key=True)
    email = Column(String(50))

    @validates("email")
    def lower(self, key, value):
        return value.lower()


class Heard(Base):
    __tablename__ = "heard"
    id = Column(Integer, primary_key=True)
    state = Column(String(10))


@event.listens_for(Heard, "before_update")
def count(mapper, connection, target):
    print(target.id)


class Animal(Base):
    __tablename__ = "animals"
    id = Column(Integer, primary_key=True)
    kind = Column(String(10))
    name = Column(String(10))
    __mapper_args__ = {"polymorphic_on": kind}


class Dog(Animal):
    __mapper_args__ = {"polymorphic_identity": "dog"}


def versions(session):
    for page in session.query(Page):
        page.state = "live"  # found: bulk-update (plain-class)


def hierarchy(session):
    for dog in session.query(Dog):
        dog.name = "Rex"  # found: bulk-update (plain-class)


def touched(session):
    for profile in session.query(Profile):
        profile.active = 1  # found: bulk-update (no-onupdate)


def validated(session):
    for member in session.query(Member):
        member.email = "NOBODY"  # found: bulk-update (no-events)


def heard(session):
    for row in session.query(Heard):
        row.state = "x"  # found: bulk-update (no-events)


def ordered(session):
    for tag in session.query(Tag).order_by(Tag.name).limit(10):
        tag.uses = 0  # found: bulk-update (plain-query)


def joined(session):
    for review in session.query(Review).join(Review.product).filter(Product.active):
        review.text = None  # found: bulk-update (plain-query)


def with_customers(session):
    for order in session.query(Order).options(joinedload(Order.customer, innerjoin=True)):
        order.status = OrderStatus.NEW  # found: bulk-update (plain-query)


def built_elsewhere(session):
    statement = select(Tag).where(Tag.uses > 3)
    for tag in session.scalars(statement):
        tag.uses = 0  # found: bulk-update (plain-query)


def key(session):
    for tag in session.query(Tag).filter(Tag.uses == 0):
        tag.id = 7  # found: bulk-update (plain-columns)


def null_plus_one(session):
    for product in session.query(Product):
        product.stock += 1  # found: bulk-update (plain-columns)


def related(session, customer):
    for order in session.query(Order).filter(Order.status == OrderStatus.NEW):
        order.customer = customer  # found: bulk-update (plain-columns)


def twice(session):
    for tag in session.query(Tag):
        tag.uses = 0  # found: bulk-update (plain-columns)
        tag.uses = 1
