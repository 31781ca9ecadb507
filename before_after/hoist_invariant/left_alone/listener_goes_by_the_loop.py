"""The query is the same in every round, but a listener adds a condition that the loop sets."""

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session, with_loader_criteria

from shop.models import OrderLine


@event.listens_for(Session, "do_orm_execute")
def only_large_lines(state):
    if state.is_select:
        large = OrderLine.quantity >= state.session.info.get("least", 0)
        state.statement = state.statement.options(with_loader_criteria(OrderLine, large))


def count_by_quantity(session: Session, quantities: list[int]):
    counts = []
    for quantity in quantities:
        session.info["least"] = quantity
        lines = session.scalar(select(func.count(OrderLine.id)))  # review: hoist-invariant (same-rows)
        counts.append((quantity, lines))
    return counts
