"""The project changes queries as they are sent."""

from sqlalchemy import event
from sqlalchemy.orm import Session, with_loader_criteria

from shop.models import Tag


@event.listens_for(Session, "do_orm_execute")
def only_used_tags(state):
    state.statement = state.statement.options(with_loader_criteria(Tag, Tag.uses > 0))


def numbers(session):
    many = session.query(Tag).filter(Tag.uses > 3).count()  # review: merge-counts (no-hooks)
    few = session.query(Tag).filter(Tag.uses < 3).count()
    return many, few
