"""`next()` over rows that are used again, that SQL tests in another way, or that have no order."""

from shop.models import Customer, Order, Product


def used_again(session):
    orders = session.query(Order).order_by(Order.id).all()
    first = next((order for order in orders if order.customer_id is None), None)
    return first, len(orders)


def one_after_the_other(session):
    orders = iter(session.query(Order).order_by(Order.id))
    return next(orders, None), next(orders, None)


def for_each(session, customers):
    orders = session.query(Order).order_by(Order.id).all()
    return [next((o for o in orders if o.status == each.status), None) for each in customers]


def by_letter(session, name):
    rows = session.query(Customer).order_by(Customer.id)
    return next((c for c in rows if c.name < name), None)  # found: filter-in-database (same-value)


def raises_for_none(session):
    found = session.query(Product).order_by(Product.id)
    return next((p for p in found if p.stock > 3), None)  # found: filter-in-database (same-value)


def of_a_function(session, wanted):
    return next((c for c in session.query(Customer).order_by(Customer.id) if wanted(c)), None)


def no_order(session):
    return next((o for o in session.query(Order) if o.customer_id is None), None)  # review: filter-in-database (row-order)


def of_a_day(session):
    return next(iter(session.query(Order).order_by(Order.placed_on).all()), None)  # review: filter-in-database (row-order)


def own_next(session):
    def next(rows, default):
        return list(rows) or default

    return next(iter(session.query(Order).order_by(Order.id).all()), None)
