"""Numbers by SELECT that are used as such, or count something else than the rows that are found."""

from sqlalchemy import func, select

from shop.models import Order, Product, Review


def with_a_rating(session, product_id):
    return session.scalar(select(func.count(Review.rating)).where(Review.product_id == product_id)) > 0


def several(session, customer_id):
    number = session.scalar(select(func.count(Order.id)).where(Order.customer_id == customer_id))
    return number > 1


def shown(session, customer_id):
    number = session.scalar(select(func.count(Order.id)).where(Order.customer_id == customer_id))
    return f"{number} orders" if number else "none"


def per_state(session):
    return session.scalar(select(func.count(Order.id)).group_by(Order.status)) == 0


def of_a_subquery(session):
    products = select(Product.id).where(Product.active).limit(3).subquery()
    return session.scalar(select(func.count()).select_from(products)) > 0


def the_sum(session):
    return session.scalar(select(func.sum(Product.stock))) == 0


def all_pairs(session):
    return session.scalar(select(func.count(Order.id)).outerjoin(Order.lines)) > 0


def with_parameters(session, order_id):
    query = select(func.count(Order.id)).where(Order.id == order_id)
    return session.scalar(query, execution_options={"compiled_cache": None}) > 0
