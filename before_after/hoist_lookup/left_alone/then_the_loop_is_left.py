"""After the query the loop is left, so that it is sent once at most."""

from shop.models import Order


def first_large(session, rows: list[tuple[int, int]]):
    for order_id, quantity in rows:
        if quantity > 100:
            return session.get(Order, order_id)
    return None


def found_in(session, numbers: list[str]):
    for number in numbers:
        if number.startswith("2024"):
            order = session.query(Order).filter(Order.number == number).first()
            break
    else:
        order = None
    return order


def one_of(session, numbers: list[str]):
    for number in numbers:
        try:
            return session.query(Order).filter(Order.number == number).one()  # review: hoist-lookup (asked-every-time)
        except ValueError:
            continue
    return None


def for_each_customer(session, wanted: dict[int, list[str]]):
    found = {}
    for customer_id, numbers in wanted.items():
        for number in numbers:
            if number.isdigit():
                found[customer_id] = session.query(Order).filter(Order.number == number).first()  # review: hoist-lookup (asked-every-time)
                break
    return found
