"""A listener of the sessions hears of each statement, and would hear of one."""

from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from shop.db import SessionLocal
from shop.models import Supplier


@event.listens_for(SessionLocal, "do_orm_execute")
def count(state):
    state.session.info["statements"] = state.session.info.get("statements", 0) + 1


def fill(session: Session, names: list[str]):
    for name in names:
        session.execute(insert(Supplier).values(name=name))  # review: bulk-insert (no-other-writes)
