"""What a progress bar is given writes after the rows have come, and before the lookups."""

from rich.progress import track

from shop.models import Customer, Order


def renamed(session) -> str:
    session.query(Customer).update({Customer.name: "x"})
    return "Renamed"


def names(session):
    orders = session.query(Order).order_by(Order.id).all()
    found = []
    for order in track(orders, renamed(session), disable=True):
        customer = session.query(Customer).filter(Customer.id == order.customer_id).first()  # review: hoist-lookup (items-repeatable)
        found.append(customer.name if customer is not None else None)
    return found
