"""The well-known fix of a query in a loop: one query for all users, and one row left of each."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)


class Visit(Base):
    __tablename__ = "visits"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"), nullable=False)


class Payment(Base):
    __tablename__ = "payments"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"), nullable=False)
    amount = Column(Integer)


def get_user_analytics(session, user_ids: list[int]) -> dict[int, dict]:
    if not user_ids:
        return {}

    visits_by_user = {  # found: lost-rows
        v.user_id: v for v in session.query(Visit).filter(Visit.user_id.in_(user_ids)).all()
    }
    payments_by_user = {p.user_id: p for p in session.query(Payment).filter(Payment.user_id.in_(user_ids)).all()}  # found: lost-rows

    result = {}
    for uid in user_ids:
        user_visits = [v for v in visits_by_user.values() if v.user_id == uid]
        user_payments = [p for p in payments_by_user.values() if p.user_id == uid]
        result[uid] = {
            "session_count": len(user_visits),
            "total_revenue": sum(p.amount for p in user_payments),
        }
    return result
