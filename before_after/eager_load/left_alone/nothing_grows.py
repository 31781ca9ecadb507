"""As many statements with an option as without: one row, or rows with one target in common."""

from pydantic import BaseModel, ConfigDict

from shop.models import Order, OrderLine


class Named(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    name: str


class CustomerCard(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    name: str
    country: Named | None


class OrderCard(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    number: str
    customer: CustomerCard | None
    lines: list[object]


def card(session, number):
    order = session.query(Order).filter_by(number=number).one()
    return OrderCard.model_validate(order)


def by_key(session, key):
    orders = session.query(Order).filter(Order.id == key).all()
    return [OrderCard.model_validate(order) for order in orders]


def the_last(session):
    orders = session.query(Order).order_by(Order.id.desc()).limit(1).all()
    return [OrderCard.model_validate(order) for order in orders]


def countries(session, key):
    orders = session.query(Order).filter(Order.customer_id == key).all()
    return [order.customer.country.name for order in orders]


def back_again(session, key):
    order = session.query(Order).filter_by(id=key).one()
    return [line.order.address.city for line in order.lines]


def numbers(session, key):
    lines = session.query(OrderLine).filter_by(order_id=key).all()
    return [(line.order.number, len(line.order.lines)) for line in lines]


def of_one_customer(session, key, number=None):
    orders = session.query(Order).filter(Order.customer_id == key)
    if number is not None:
        orders = orders.filter(Order.number > number)
    return [order.customer.name for order in orders]


def without_a_target(session):
    orders = session.query(Order).filter(Order.customer_id.is_(None)).order_by(Order.id)
    return [order.customer for order in orders]
