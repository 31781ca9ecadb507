"""Lines and payments of the same orders are joined in one statement, and come with each other."""

from sqlalchemy.orm import joinedload, selectinload

from shop.models import Order, OrderLine


def statements(session):
    orders = (
        session.query(Order)
        .options(
            joinedload(Order.customer),
            # each line with its product
            selectinload(Order.lines).joinedload(OrderLine.product),
            selectinload(Order.payments),
        )
        .order_by(Order.id)
        .all()
    )
    return [
        {
            "order": order.number,
            "customer": order.customer.name if order.customer else None,
            "products": sorted(line.product.name for line in order.lines if line.product),
            "paid": sum(payment.amount for payment in order.payments if payment.amount),
        }
        for order in orders
    ]
