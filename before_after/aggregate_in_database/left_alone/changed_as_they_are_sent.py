"""A listener that hides rows of a class does not know of a query for their sum."""

from sqlalchemy import event
from sqlalchemy.orm import Session

from shop.models import OrderLine


@event.listens_for(Session, "do_orm_execute")
def no_gifts(state):
    described = state.statement.column_descriptions
    if any(column["type"] is OrderLine for column in described):
        state.statement = state.statement.where(OrderLine.quantity > 0)


def pieces(session):
    return sum(line.quantity for line in session.query(OrderLine))  # review: aggregate-in-database (same-rows)
