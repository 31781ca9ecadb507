"""A listener adds a condition to each query, and the loop says which one."""

from contextvars import ContextVar

from sqlalchemy import event, select
from sqlalchemy.orm import Session, with_loader_criteria

from shop.models import OrderLine

least: ContextVar[int] = ContextVar("least", default=0)


@event.listens_for(Session, "do_orm_execute")
def only_large_lines(state):
    if state.is_select:
        large = OrderLine.quantity >= max(least.get(), state.session.info.get("least", 0))
        state.statement = state.statement.options(with_loader_criteria(OrderLine, large))


def lines_by_context(session: Session, order_ids: list[int]):
    found = []
    for number, order_id in enumerate(order_ids):
        least.set(number)
        lines = select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.id)
        found.append(session.scalars(lines).all())  # review: hoist-lookup (same-rows)
    return found


def lines_by_session(session: Session, order_ids: list[int]):
    found = []
    for number, order_id in enumerate(order_ids):
        session.info["least"] = number
        lines = select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.id)
        found.append(session.scalars(lines).all())  # review: hoist-lookup (same-rows)
    return found
