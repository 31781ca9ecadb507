"""The second query asks for something else, or for rows that the first one does not give."""

from sqlalchemy import Column, ForeignKey, Integer, func
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import declarative_base, deferred, relationship

from shop.models import Category, Customer, Order, Product, Review

Base = declarative_base()


class Owner(Base):
    __tablename__ = "owners"
    id = Column(Integer, primary_key=True)
    born = deferred(Column(Integer))


class Dog(Base):
    __tablename__ = "dogs"
    id = Column(Integer, primary_key=True)
    owner_id = Column(ForeignKey("owners.id"))
    owner = relationship(Owner, lazy="joined", innerjoin=True)


def other_key(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).first()
    order_id = order_id + 1
    following = session.query(Order).filter(Order.id == order_id).first()
    return order, following


def other_variable(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).first()
    print(order)
    order = None
    same = session.query(Order).filter(Order.id == order_id).first()
    return order, same


def locked(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).first()
    mine = session.query(Order).filter(Order.id == order_id).with_for_update().first()
    return order, mine


def looked_for_again(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).first()
    try:
        same = session.query(Order).filter(Order.id == order_id).first()
    except SQLAlchemyError:
        same = None
    return order, same


def row_that_may_be_missing(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).first()
    return session.query(Order).filter(Order.id == order.id).first()


def in_arms(session, order_id: int, fast):
    if fast:
        order = session.query(Order).filter(Order.id == order_id).first()
    else:
        order = session.query(Order).filter(Order.id == order_id).first()
    return order


def of_two_sessions(session, other, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).first()
    copy = other.query(Order).filter(Order.id == order_id).first()
    return order, copy


def changed_list(session, customer_id: int):
    orders = session.query(Order).filter(Order.customer_id == customer_id).all()
    orders.append(None)
    number = session.query(Order).filter(Order.customer_id == customer_id).count()
    again = session.query(Order).filter(Order.customer_id == customer_id).all()
    return orders, number, again


def first_ones(session, customer_id: int):
    orders = session.query(Order).filter(Order.customer_id == customer_id).limit(3).all()
    number = session.query(Order).filter(Order.customer_id == customer_id).count()
    return len(orders), number


def other_rows(session, customer_id: int):
    orders = session.query(Order).filter(Order.customer_id == customer_id).all()
    number = session.query(Order).filter(Order.customer_id == customer_id + 1).count()
    return len(orders), number


def of_another_table(session, kind: int):
    orders = session.query(Order).filter(Order.customer_id == kind).all()
    total = session.query(func.max(Order.id)).filter(Review.customer_id == kind).scalar()
    return len(orders), total


def repeated_by_a_join(session):
    orders = session.query(Order).filter(Order.customer_id == Review.customer_id).all()
    number = session.query(Order).filter(Order.customer_id == Review.customer_id).count()
    return len(orders), number


def of_an_inner_join(session):
    dogs = session.query(Dog).all()
    return len(dogs), session.query(Dog).count()


def of_a_deferred_column(session):
    owners = session.query(Owner).all()
    return len(owners), session.query(func.max(Owner.born)).scalar()


def ordered_by_the_database(session):
    products = session.query(Product).all()
    last = session.query(func.max(Product.name)).scalar()
    price = session.query(func.avg(Product.price)).scalar()
    likely = session.query(Product).filter(Product.name.like("%a")).count()
    return len(products), last, price, likely


def text_keys(session, slug):
    category = session.query(Category).filter(Category.slug == slug).first()
    below = session.query(Category).filter(Category.name == slug.lower()).all()
    return category, below


def several_may_be_first(session, name):
    customer = session.query(Customer).filter(Customer.name == name).first()
    same = session.query(Customer).filter(Customer.email == name).all()
    return customer, same


def no_common_key(session, customer_id: int, product_id: int):
    orders = session.query(func.count(Order.id)).filter(Order.customer_id == customer_id).scalar()
    reviews = session.query(func.count(Review.id)).filter(Review.product_id == product_id).scalar()
    return orders, reviews


def asserted(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).first()
    assert session.query(Order).filter(Order.id == order_id).first() is order
    return order


def answered_by_the_session(session, order_id: int):
    order = session.get(Order, order_id)
    same = session.get(Order, order_id)
    return order, same


def for_each_item(session, customer_ids: list[int]):
    found = []
    for customer_id in customer_ids:
        orders = session.query(Order).filter(Order.customer_id == customer_id).count()
        reviews = session.query(Review).filter(Review.customer_id == customer_id).count()
        first = session.query(Customer).filter(Customer.id == customer_id).first()
        brought = session.query(Customer).filter(Customer.referrer_id == customer_id).all()
        found.append((orders, reviews, first, brought))
    return found


def locked_twice(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).with_for_update().first()
    same = session.query(Order).filter(Order.id == order_id).with_for_update().first()
    return order, same


def built_before(session, category_id: int):
    below = session.query(Category).filter(Category.parent_id == category_id)
    category = session.query(Category).filter(Category.id == category_id).first()
    found = below.all()
    return category, found


def narrowed_on_demand(session, customer_id: int, number):
    orders = session.query(Order)
    if number:
        orders = orders.filter(Order.number == number)
    first = orders.filter(Order.customer_id == customer_id).first()
    same = orders.filter(Order.customer_id == customer_id).first()
    return first, same


def looked_at_in_each_round(session, name, emails: list[str]):
    known = session.query(Customer).filter(Customer.name == name).first()
    for email in emails:
        customer = session.query(Customer).filter(Customer.name == name).first()
        if customer is None:
            session.add(Customer(name=name, email=email))
    return known


def of_another_session(session, archive, category_id: int):
    category = session.query(Category).filter(Category.id == category_id).first()
    below = archive.query(Category).filter(Category.parent_id == category_id).all()
    return category, below


def changed_by_another_name(session, customer_id: int):
    orders = session.query(Order).filter(Order.customer_id == customer_id).all()
    mine = orders
    mine.append(None)
    number = session.query(Order).filter(Order.customer_id == customer_id).count()
    again = session.query(Order).filter(Order.customer_id == customer_id).all()
    return number, again


def bound_again(session, customer_id: int):
    orders = session.query(Order).filter(Order.customer_id == customer_id).all()
    print(len(orders))
    orders = []
    number = session.query(Order).filter(Order.customer_id == customer_id).count()
    return number, len(orders)


def two_orders(session, one: int, other: int):
    first = session.query(Order).filter(Order.id == one).first()
    second = session.query(Order).filter(Order.id == other).first()
    return first, second


def key_of_a_form(session, category_id: str):
    category = session.query(Category).filter(Category.id == category_id).first()
    below = session.query(Category).filter(Category.parent_id == category_id).all()
    return category, below


def of_what_may_be_none(session, order: Order):
    lines = session.query(func.count(Review.id)).filter(Review.customer_id == order.customer_id)
    number = (
        session.query(func.count(Order.id)).filter(Order.customer_id == order.customer_id).scalar()
    )
    cities = 0
    if order.address:
        cities = (
            session.query(func.count(Customer.id))
            .filter(Customer.country_code == order.address.city)
            .scalar()
        )
    return lines, number, cities


def two_orders_of_rows(session, customer_id: int):
    brought = (
        session.query(Customer)
        .filter(Customer.referrer_id == customer_id)
        .order_by(Customer.name, Customer.id)
        .all()
    )
    own = session.query(Customer).filter(Customer.id == customer_id).order_by(Customer.id).all()
    return brought, own


class Puppy(Base):
    __tablename__ = "puppies"
    id = Column(Integer, primary_key=True)
    mother_id = Column(ForeignKey("dogs.id"))
    ball_id = Column(Integer)


def of_a_class_that_joins(session, puppy_id: int):
    puppy = session.query(Puppy).filter(Puppy.id == puppy_id).one()
    mother = session.query(Dog).filter(Dog.id == puppy.mother_id).first()
    return puppy, mother


def of_its_own_table(session, category_id: int):
    category = session.query(Category).filter(Category.id == category_id).one()
    parent = session.query(Category).filter(Category.id == category.parent_id).first()
    return category, parent


def by_what_is_not_unique(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).one()
    review = session.query(Review).filter(Review.customer_id == order.customer_id).first()
    return order, review


def by_another_condition_too(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).one()
    customer = (
        session.query(Customer)
        .filter(Customer.id == order.customer_id, Customer.vip.is_(True))
        .first()
    )
    return order, customer


def key_is_changed(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).one()
    order.customer_id = 3
    customer = session.query(Customer).filter(Customer.id == order.customer_id).first()
    return order, customer


def row_is_another_one(session, order_id: int, other_id: int):
    order = session.query(Order).filter(Order.id == order_id).one()
    print(order.number)
    order = session.query(Order).filter(Order.id == other_id).options().one()
    customer = session.query(Customer).filter(Customer.id == order.customer_id).first()
    return order, customer


def committed_before_the_key(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).one()
    session.commit()
    customer = session.query(Customer).filter(Customer.id == order.customer_id).first()
    return order, customer


def locked_row(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).one()
    customer = session.get(Customer, order.customer_id, with_for_update=True)
    return order, customer


def keys_of_two_kinds(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).one()
    category = session.query(Category).filter(Category.id == order.number).first()
    return order, category


def one_that_has_to_be_there(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).one()
    return session.query(Customer).filter(Customer.id == order.customer_id).one()


def not_wanted_by_all(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).one()
    review = session.query(Review).filter(Review.customer_id == order_id).first()
    if review is not None:
        return review, None
    customer = session.query(Customer).filter(Customer.id == order.customer_id).first()
    return order, customer


def wanted_by_some(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).one()
    customer = None
    if order.total:
        customer = session.query(Customer).filter(Customer.id == order.customer_id).first()
    return order, customer


def handed_on_before(session, customer_id, shown):
    orders = session.query(Order).filter(Order.customer_id == customer_id).all()
    return shown(orders) + session.query(Order).filter(Order.customer_id == customer_id).count()


def taken_from_before(session, customer_id):
    orders = session.query(Order).filter(Order.customer_id == customer_id).all()
    kept = orders
    kept.clear()
    number = session.query(Order).filter(Order.customer_id == customer_id).count()
    return orders, number
