"""Two keys, the first of them a column of a joined table: each is named with its own class."""

from sqlalchemy import func

from shop.models import Customer, Order, OrderLine, Product


def highest_totals(session):
    cells = []
    customers = session.query(Customer).order_by(Customer.id).all()
    products = session.query(Product).order_by(Product.id).limit(3).all()
    for product in products:
        for customer in customers:
            highest = (
                session.query(func.max(Order.total))
                .join(OrderLine, OrderLine.order_id == Order.id)
                .filter(OrderLine.product_id == product.id, Order.customer_id == customer.id)
                .scalar()
            )
            if highest is not None:
                cells.append((product.sku, customer.email, highest))
    return cells
