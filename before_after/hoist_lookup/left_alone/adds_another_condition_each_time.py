"""A function that adds conditions is given something else for every item, or reads what changes."""

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from shop.models import Customer, Order


@dataclass
class Params:
    large: bool = False


def above(stmt, total):
    return stmt.where(Order.total > total)


def apply_filters(stmt, params: Params):
    if params.large:
        stmt = stmt.where(Order.total > 100)
    return stmt


def only_of(stmt, customer: Customer):
    if customer.vip:
        return stmt
    return stmt.where(Order.customer_id == customer.id)


def of_each(session: Session):
    return [
        session.scalar(  # found: hoist-lookup (writable)
            above(
                select(func.count(Order.id)).where(Order.customer_id == customer.id), customer.id
            )
        )
        for customer in session.scalars(select(Customer).order_by(Customer.id)).all()
    ]


def assigned(session: Session):
    params = same = Params()
    found = []
    for customer in session.scalars(select(Customer).order_by(Customer.id)).all():
        stmt = select(func.count(Order.id)).where(Order.customer_id == customer.id)
        found.append(session.scalar(apply_filters(stmt, params)))  # found: hoist-lookup (writable)
        same.large = True
    return found


def assigned_by_a_function(session: Session):
    params = same = Params()
    found = []
    for customer in session.scalars(select(Customer).order_by(Customer.id)).all():
        stmt = select(func.count(Order.id)).where(Order.customer_id == customer.id)
        found.append(session.scalar(apply_filters(stmt, params)))  # found: hoist-lookup (writable)
        enlarge(same)
    return found


def enlarge(params):
    params.large = True


def updated(session: Session, user: Customer):
    found = []
    for customer in session.scalars(select(Customer).order_by(Customer.id)).all():
        stmt = select(func.count(Order.id)).where(Order.customer_id == customer.id)
        found.append(session.scalar(only_of(stmt, user)))  # found: hoist-lookup (writable)
        session.execute(update(Customer).values(vip=True))
    return found
