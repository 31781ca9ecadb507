"""Customers with an order of a day, products that are reviewed: keys listed to test for a child."""

from sqlalchemy import select

from shop.models import Customer, Order, Product, Review


def since(session, day, status):
    asked = session.query(Customer).filter(
        Customer.id.in_(
            session.query(Order.customer_id)
            .filter(Order.placed_on >= day, Order.status != status)
            .distinct()
        )
    )
    return [customer.email for customer in asked.order_by(Customer.id)]


def praised(session, rating):
    products = session.scalars(
        select(Product)
        .where(
            Product.active,
            Product.id.in_(select(Review.product_id).filter_by(rating=rating).distinct()),
        )
        .order_by(Product.id)
    )
    return [product.sku for product in products]


def ordered(session):
    found = session.query(Customer).filter(Customer.id.in_(select(Order.customer_id).distinct()))
    return found.count()
