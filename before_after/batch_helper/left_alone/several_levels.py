"""A helper calls another one for what is not known before, or after what it writes itself."""

from sqlalchemy.orm import Session

from shop.models import Customer, Order, OrderLine, Payment


def total_of(session: Session, order: Order) -> int:
    return session.query(OrderLine).filter(OrderLine.order_id == order.id).count()


def paid_for(session: Session, order: Order) -> int:
    return session.query(Payment).filter(Payment.order_id == order.id).count()


def settle(session: Session, customer: Customer) -> int:
    """Pays what is open: the second helper sees what was written."""
    paid = 0
    orders = session.query(Order).filter(Order.customer_id == customer.id).order_by(Order.id).all()
    for order in orders:
        session.add(Payment(order_id=order.id, method="cash", amount=1))
        paid += paid_for(session, order)  # found: batch-helper (table-not-written)
    return paid


def settled(session: Session, customers: list[Customer]) -> list[int]:
    return [settle(session, each) for each in customers]  # review: batch-helper (flushes-alike)


def largest(session: Session, customer: Customer) -> int:
    """The function is handed to another one, which calls it."""
    orders = session.query(Order).filter(Order.customer_id == customer.id).all()
    return max(map(total_of, [session] * len(orders), orders), default=0)


def largest_of_all(session: Session, customers: list[Customer]) -> list[int]:
    return [largest(session, each) for each in customers]  # review: batch-helper (row-order)


def chain(session: Session, order: Order, depth: int) -> int:
    """A helper that calls itself through another one."""
    return total_of(session, order) + (chained(session, order, depth - 1) if depth else 0)


def chained(session: Session, order: Order, depth: int) -> int:
    return chain(session, order, depth)


def chains(session: Session, orders: list[Order]) -> list[int]:
    return [chain(session, order, 3) for order in orders]  # found: batch-helper (not-recursive)
