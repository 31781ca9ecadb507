"""What a key, the rest of the query or a guard reads is changed by functions that the loop calls."""

from shop.models import Customer, Order


class Window:
    def __init__(self):
        self.first = 0
        self.opened = False

    def move(self):
        self.first += 10
        self.opened = not self.opened


def remember(seen, value):
    seen.append(value)


def shifted(session, ids: list[int]):
    window = Window()
    result = []
    for customer_id in ids:
        window.move()
        customer = (
            session.query(Customer)  # review: hoist-lookup (keys-known-before)
            .filter(Customer.id == customer_id + window.first)
            .first()
        )
        result.append(customer.name if customer else None)
    return result


def after_the_first(session, ids: list[int]):
    window = Window()
    result = []
    for customer_id in ids:
        window.move()
        result.append(
            session.query(Order)  # found: hoist-lookup (query-invariant)
            .filter(Order.customer_id == customer_id, Order.id > window.first)
            .count()
        )
    return result


def every_other(session, ids: list[int]):
    window = Window()
    result = []
    for customer_id in ids:
        window.move()
        if not window.opened:
            continue
        customer = session.query(Customer).filter(Customer.id == customer_id).first()  # review: hoist-lookup (asked-every-time)
        result.append(customer.name if customer else None)
    return result


def different(session, ids: list[int], others: list[int]):
    seen = []
    result = []
    for customer_id in ids:
        remember(seen, customer_id)
        result.append(
            session.query(Order)  # review: hoist-lookup (query-invariant)
            .filter(Order.customer_id == customer_id, Order.id.notin_(seen))
            .count()
        )
    return result
