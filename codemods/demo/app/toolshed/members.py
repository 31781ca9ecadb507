"""Who is active."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .models import Loan, Member


def activity(session: Session):
    """How many tools each member has at home."""
    members = session.scalars(select(Member).order_by(Member.id)).all()
    at_home = {}
    for member in members:
        at_home[member.id] = session.scalar(
            select(func.count(Loan.id)).where(
                Loan.member_id == member.id, Loan.returned_on.is_(None)
            )
        )
    return at_home
