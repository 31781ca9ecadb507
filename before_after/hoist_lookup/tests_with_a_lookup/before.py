"""What a test asks first spares the lookup behind it, which is then fetched for the other items."""

from sqlalchemy.orm import Session

from shop.models import Customer, Order, OrderLine


def of_regulars(session: Session) -> list[int]:
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        if order.customer_id is not None and order.id > 0 and (
            session.query(Customer.vip).filter(Customer.id == order.customer_id).scalar()
        ):
            found.append(order.id)
    return found


def complete(session: Session) -> list[str]:
    return [
        order.number
        for order in session.query(Order).order_by(Order.id).all()
        if not (
            order.customer_id is not None
            and session.query(OrderLine).filter(OrderLine.order_id == order.id).count() < 2
        )
    ]
