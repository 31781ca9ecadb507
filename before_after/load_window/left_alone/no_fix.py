"""Collections that are loaded whole for a part of them, which no query can bring."""

from datetime import date

from sqlalchemy.orm import selectinload

from shop.models import Customer, Order, Tag


def text_in_an_order_of_its_own(session):
    query = session.query(Customer).options(selectinload(Customer.orders))
    return [
        max(customer.orders, key=lambda order: order.number).id  # found: load-window (window-in-sql)
        for customer in query
    ]


def number_of_what_python_knows(session, known):
    query = session.query(Customer).options(selectinload(Customer.orders))
    return {
        customer.id: sum(1 for order in customer.orders if order.number in known)  # found: load-window (window-in-sql)
        for customer in query
    }


def sum_of_flags(session):
    query = session.query(Customer).options(selectinload(Customer.orders))
    return [
        sum(order.placed_on for order in customer.orders)  # found: load-window (window-in-sql)
        for customer in query
    ]


def commits(session, since: date):
    for customer in session.query(Customer).options(selectinload(Customer.orders)).all():
        print([o.number for o in customer.orders if o.placed_on >= since])  # found: load-window (asked-before)
        session.commit()


def writes_the_rows(session, since: date):
    for customer in session.query(Customer).options(selectinload(Customer.orders)).all():
        last = [o for o in customer.orders if o.placed_on >= since]  # found: load-window (asked-before)
        if last:
            last[0].placed_on = since


def batches(session, since: date):
    query = session.query(Customer).options(selectinload(Customer.orders)).yield_per(100)
    for customer in query:
        print([o.number for o in customer.orders if o.placed_on >= since])  # found: load-window (asked-before)


def through_another_table(session):
    query = session.query(Tag).options(selectinload(Tag.products))
    return [
        max(tag.products, key=lambda product: product.id).sku  # found: load-window (asked-before)
        for tag in query
    ]


def handled(session):
    found = {}
    for order in session.query(Order).options(selectinload(Order.lines)):
        try:
            found[order.id] = order.lines[-1].quantity  # found: load-window (some-row)
        except IndexError:
            continue
    return found


def changed_and_not_written(session, since: date):
    with session.no_autoflush:
        customers = session.query(Customer).options(selectinload(Customer.orders)).all()
        order = session.query(Order).order_by(Order.id).first()
        order.placed_on = since
        for customer in customers:
            print(len([o for o in customer.orders if o.placed_on >= since]))  # found: load-window (asked-before)
