"""The numbers of the yearly meeting."""

from sqlalchemy.orm import Session

from .models import Loan


def totals(session: Session, today):
    """Loans in all, those that are back, those that are out and those that are late."""
    everything = session.query(Loan).count()
    returned = session.query(Loan).filter(Loan.returned_on.isnot(None)).count()
    out = session.query(Loan).filter(Loan.returned_on.is_(None)).count()
    late = session.query(Loan).filter(Loan.returned_on.is_(None), Loan.due_on < today).count()
    return {"loans": everything, "returned": returned, "out": out, "late": late}
