"""Conditions that SQL answers in another way, or not at all."""

from shop.models import AuditLog, Customer, Order, Product


def by_letter(session, name):
    return [c for c in session.query(Customer).order_by(Customer.id) if c.name < name]  # found: filter-in-database (same-value)


def raises_for_none(session):
    return [p for p in session.query(Product).order_by(Product.id) if p.stock > 3]  # found: filter-in-database (same-value)


def computed(session, wanted):
    return [c for c in session.query(Customer).order_by(Customer.id) if wanted(c.name)]


def of_a_property(session):
    return [c for c in session.query(Customer).order_by(Customer.id) if c.label == "x"]  # found: filter-in-database (same-value)


def other_type(session):
    return [a for a in session.query(AuditLog).order_by(AuditLog.id) if a.entity_id == 5]  # found: filter-in-database (same-value)


def listed_none(session):
    return [o for o in session.query(Order).order_by(Order.id) if o.customer_id in (1, None)]  # found: filter-in-database (same-value)


def of_related(session):
    return [o for o in session.query(Order).order_by(Order.id) if o.customer.vip]  # found: filter-in-database (same-value)


def decimal(session):
    return [o for o in session.query(Order).order_by(Order.id) if o.total]  # found: filter-in-database (same-value)


def of_any_type(session, number):
    return [o for o in session.query(Order).order_by(Order.id) if o.customer_id == number]  # review: filter-in-database (same-value)


def amounts(session):
    return {o.total for o in session.query(Order)}  # found: filter-in-database (same-value)


def after_something(session, log):
    orders = session.query(Order).order_by(Order.id).all()
    log("loaded")
    return [o.number for o in orders if o.customer_id is None]  # found: filter-in-database (same-value)


def all_different(session):
    # a DISTINCT would leave nothing out
    return {o.number for o in session.query(Order)}


def bound_again(session, number: int):
    found = [o for o in session.query(Order).order_by(Order.id) if o.customer_id == number]  # review: filter-in-database (same-value)
    number = str(number)
    return found, number


def by_a_lambda(session, known, least=5):
    products = session.query(Product).order_by(Product.id)
    truly = list(filter(None, products.all()))
    bound = list(filter(lambda p, n=least: p.stock > n, products.all()))
    asked = list(filter(lambda p: is_cheap(p), products.all()))
    later = filter(lambda p: p.stock > known[0], products.all())
    return truly, bound, asked, later
