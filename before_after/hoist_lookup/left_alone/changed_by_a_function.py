"""A function that the loop calls changes what the condition is read from."""

from shop.models import Customer, Order

LIMITS = [10]
LEAST = 10


def raise_limits():
    LIMITS[0] += 20


def raise_least():
    global LEAST
    LEAST += 20


def items_of_a_list(session):
    counts = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        counts.append(
            session.query(Order)  # review: hoist-lookup (query-invariant)
            .filter(Order.customer_id == customer.id, Order.total > LIMITS[0])
            .count()
        )
        raise_limits()
    return counts


def bound_anew(session):
    counts = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        counts.append(
            session.query(Order)  # review: hoist-lookup (query-invariant)
            .filter(Order.customer_id == customer.id, Order.total > LEAST)
            .count()
        )
        raise_least()
    return counts


def by_a_function_inside(session):
    least, numbers = 10, ["2001"]

    def go_on():
        nonlocal least
        least += 20
        numbers.append("2002")

    counts = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        counts.append(
            session.query(Order)  # review: hoist-lookup (query-invariant)
            .filter(Order.customer_id == customer.id, Order.total > least)
            .count()
        )
        counts.append(
            session.query(Order)  # review: hoist-lookup (query-invariant)
            .filter(Order.customer_id == customer.id, Order.number.in_(numbers))
            .count()
        )
        go_on()
    return counts
