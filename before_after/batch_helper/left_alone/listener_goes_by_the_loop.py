"""A listener adds a condition to the helper's query, and the loop says which one."""

from sqlalchemy import event, select
from sqlalchemy.orm import Session, with_loader_criteria

from shop.models import OrderLine


@event.listens_for(Session, "do_orm_execute")
def only_large_lines(state):
    if state.is_select:
        large = OrderLine.quantity >= state.session.info.get("least", 0)
        state.statement = state.statement.options(with_loader_criteria(OrderLine, large))


def lines_of(session: Session, order_id: int):
    lines = select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.id)
    return session.scalars(lines).all()


def lines_of_all(session: Session, order_ids: list[int]):
    found = []
    for number, order_id in enumerate(order_ids):
        session.info["least"] = number
        found.append(lines_of(session, order_id))  # review: batch-helper (same-rows)
    return found
