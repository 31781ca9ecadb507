"""A function reads a collection of the row that it is handed, which its callers fetch or do not."""

from somewhere import order_of_today
from sqlalchemy.orm import joinedload

from shop.models import Customer, Order


def close(session, order: Order):
    lines = order.lines  # found: eager-load (saves-statements)
    order.total = len(lines)
    session.flush()


def closed(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).one()
    close(session, order)


def close_what_is_there(session, order: Order):
    order.total = len(order.lines)
    session.flush()


def fetched_with_its_lines(session, order_id: int):
    query = session.query(Order).options(joinedload(Order.lines))
    close_what_is_there(session, query.filter(Order.id == order_id).one())


def close_some(session, order: Order):
    order.total = len(order.lines)
    session.flush()


def without_its_lines(session, order_id: int):
    close_some(session, session.query(Order).filter(Order.id == order_id).one())


def from_somewhere(session):
    close_some(session, order_of_today())


def close_if_open(session, order: Order):
    order.total = len(order.lines) if order.total is None else order.total
    session.flush()


def one_of_them(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).one()
    close_if_open(session, order)


def close_again(session, order: Order):
    order.total = len(order.lines)
    session.flush()


def read_twice(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).one()
    print(len(order.lines))
    close_again(session, order)


def close_new(session, order: Order):
    order.total = len(order.lines)
    session.flush()


def made_here(session):
    order = Order(number="new")
    session.add(order)
    close_new(session, order)


def close_all(session, customer: Customer):
    for order in customer.orders:
        order.total = 0
    session.flush()


HANDLERS = {"orders": close_all}


def orders_of(session, customer_id: int):
    customer = session.query(Customer).filter(Customer.id == customer_id).one()
    close_all(session, customer)


def total_of(order):
    lines = order.lines  # found: eager-load (saves-statements)
    return sum(line.quantity for line in lines)


def by_key(session, order_id: int):
    return session.get(Order, order_id)


def total(session, order_id: int):
    order = by_key(session, order_id)
    if order is None:
        return 0
    return total_of(order)


class Labels:
    def of(self, customer):
        return [order.number for order in customer.orders]  # found: eager-load (saves-statements)


def labels(session, customer_id: int):
    customer = session.query(Customer).filter_by(id=customer_id).one()
    return Labels().of(customer)


def count_lines(order):
    return len(order.lines)


def lines_of_one(session, order_id: int):
    return count_lines(session.query(Order).filter(Order.id == order_id).one())


def lines_of_another(order_id: int):
    return count_lines(order_of_today())
