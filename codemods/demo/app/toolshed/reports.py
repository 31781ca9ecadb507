"""The lists that go up on the notice board."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import Loan, Member


def overdue(session: Session, today):
    """Every loan that should be back by now, the oldest first."""
    loans = session.scalars(
        select(Loan)
        .where(Loan.returned_on.is_(None), Loan.due_on < today)
        .order_by(Loan.due_on, Loan.id)
    ).all()
    lines = []
    for loan in loans:
        # The category tells the volunteers which room to look in.
        lines.append(
            {
                "tool": loan.tool.name,
                "category": loan.tool.category.name,
                "member": loan.member.name,
                "days": (today - loan.due_on).days,
            }
        )
    return lines


def statements(session: Session):
    """What each member has borrowed so far, and what it cost in fines."""
    members = session.query(Member).order_by(Member.id).all()
    lines = []
    for member in members:
        cents = 0
        for loan in member.loans:
            cents += sum(fine.cents for fine in loan.fines)
        lines.append((member.name, cents))
    return lines
