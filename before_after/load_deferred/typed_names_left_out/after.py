"""The page of customers was given a name later on, and the list of columns was not."""

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from shop_typed.models import Customer


def names(session: Session) -> list[tuple[str, str]]:
    statement = (
        select(Customer).options(load_only(Customer.email, Customer.name)).order_by(Customer.id)
    )
    rows: list[tuple[str, str]] = []
    for customer in session.scalars(statement):
        rows.append((customer.email, customer.name or "nobody"))
    return rows
