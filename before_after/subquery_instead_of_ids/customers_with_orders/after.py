"""Customers with an order of a day, products that are reviewed: keys listed to test for a child."""

from sqlalchemy import and_, select

from shop.models import Customer, Order, Product, Review


def since(session, day, status):
    asked = session.query(Customer).filter(
        Customer.orders.any(and_(Order.placed_on >= day, Order.status != status))
    )
    return [customer.email for customer in asked.order_by(Customer.id)]


def praised(session, rating):
    products = session.scalars(
        select(Product)
        .where(
            Product.active,
            Product.reviews.any(rating=rating),
        )
        .order_by(Product.id)
    )
    return [product.sku for product in products]


def ordered(session):
    found = session.query(Customer).filter(Customer.orders.any())
    return found.count()
