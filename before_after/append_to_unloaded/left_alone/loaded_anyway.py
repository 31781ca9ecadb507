"""The collection is there, is read for something else too, or is never loaded to append to it."""

from sqlalchemy.orm import selectinload

from shop.models import AuditLog, Customer, Order, OrderLine, User


def with_an_option(session, price):
    for order in session.query(Order).options(selectinload(Order.lines)):
        order.lines.append(OrderLine(position=99, quantity=1, unit_price=price))


def counted_too(session, price):
    for order in session.query(Order):
        order.lines.append(OrderLine(position=len(order.lines) + 1, quantity=1, unit_price=price))


def new(session, numbers):
    for number in numbers:
        order = Order(number=number)
        order.lines.append(OrderLine(position=1))
        session.add(order)


def dynamic(session, now):
    for user in session.query(User):
        user.entries.append(AuditLog(entity_type="user", entity_id="", action="", timestamp=now))


def one_parent(session, numbers):
    customer = session.query(Customer).first()
    for number in numbers:
        customer.orders.append(Order(number=number))


def once(session, id):
    order = session.get(Order, id)
    order.lines.append(OrderLine(position=99))


def given(orders):
    for order in orders:
        order.lines.append(OrderLine(position=99))
