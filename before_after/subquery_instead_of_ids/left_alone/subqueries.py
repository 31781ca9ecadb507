"""Subqueries that `in_()` lists for more than to test for a child, and `not_in()` of what is NULL."""

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from shop.models import AuditLog, Category, Customer, Order, OrderLine, Payment, Product, Review


def planned_alike(session):
    return session.query(Order).filter(Order.id.in_(select(Payment.order_id))).all()


def of_payments(session):
    return session.query(Order).filter(Order.id.in_(select(Payment.order_id).distinct())).all()  # review: subquery-instead-of-ids (planned-alike)


def without_index(session):
    return session.query(Order).filter(Order.id.in_(select(Payment.order_id).distinct())).all()  # review: subquery-instead-of-ids (key-indexed)


def the_largest(session):
    lines = select(OrderLine.order_id).distinct().order_by(OrderLine.quantity.desc()).limit(10)
    return session.query(Order).filter(Order.id.in_(lines)).all()


def of_a_variable(session):
    lines = select(OrderLine.order_id).distinct()
    return session.query(Order).filter(Order.id.in_(lines)).all(), lines


def limited(session):
    return session.query(Order).filter(Order.id.in_(select(OrderLine.order_id).distinct().limit(10))).all()


def several(session):
    many = (
        session.query(Order)
        .filter(
            Order.id.in_(
                select(OrderLine.order_id)
                .group_by(OrderLine.order_id)
                .having(func.count() > 2)
            )
        )
    )
    return many.all()


def of_a_join(session, sku: str):
    lines = select(OrderLine.order_id).distinct().join(OrderLine.product).where(Product.sku == sku)
    return session.query(Order).filter(Order.id.in_(lines)).all()


def of_a_join_written_there(session, sku: str):
    return session.query(Order).filter(
        Order.id.in_(select(OrderLine.order_id).distinct().join(OrderLine.product).where(Product.sku == sku))
    ).all()


def tied_to_another(session):
    return session.query(Order).filter(
        Order.id.in_(select(OrderLine.order_id).distinct().where(OrderLine.product_id == Product.id))
    ).all()


def of_the_parent(session):
    return session.query(Order).filter(Order.customer_id.in_(select(Customer.id).distinct())).all()


def without_a_relationship(session):
    return session.query(Order).filter(Order.id.in_(select(AuditLog.entity_id).distinct())).all()


def of_one_table(session):
    return session.query(Category).filter(Category.id.in_(select(Category.parent_id).distinct())).all()


def of_an_alias(session):
    other = aliased(Order)
    return session.query(other).filter(other.id.in_(select(OrderLine.order_id).distinct())).all()


def a_list(session, ids: list[int]):
    return session.query(Order).filter(Order.id.in_(ids)).all()


def without_orders(session):
    return session.query(Customer).filter(
        Customer.id.not_in(select(Order.customer_id))  # found: subquery-instead-of-ids (null-in-list)
    ).all()


def without_reviews(session):
    reviewed = session.query(Product).filter(
        ~Product.id.in_(session.query(Review.product_id).filter(Review.rating > 3))
    )
    return reviewed.all()


def never_bought(session):
    bought = select(Product).where(
        ~Product.id.in_(select(OrderLine.product_id).where(OrderLine.quantity > 0))  # found: subquery-instead-of-ids (null-in-list)
    )
    return session.scalars(bought).all()


def null_is_left_out(session):
    known = select(Order.customer_id).where(Order.customer_id.is_not(None))
    asked = session.query(Customer).filter(Customer.id.not_in(known))
    return asked.all(), session.query(Customer).filter(
        Customer.id.notin_(select(Order.customer_id).where(Order.customer_id.is_not(None)))
    ).all()


def joined_by_it(session):
    return session.query(Customer).filter(
        Customer.id.notin_(select(Order.customer_id).join(Customer, Customer.id == Order.customer_id))
    ).all()


def never_null(session):
    return session.query(Order).filter(Order.id.notin_(select(OrderLine.order_id))).all()
