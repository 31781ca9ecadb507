"""Analytics are fetched for all users of an export in two statements, however many they are."""

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

    visits_by_user = {}
    for visit in session.query(Visit).filter(Visit.user_id.in_(user_ids)).all():
        visits_by_user.setdefault(visit.user_id, set()).add(visit.id)
    payments_by_user = {}
    payments = session.query(Payment).filter(Payment.user_id.in_(user_ids)).all()
    for payment in payments:
        payments_by_user.setdefault(payment.user_id, []).append(payment.amount or 0)

    result = {}
    for uid in user_ids:
        result[uid] = {
            "session_count": len(visits_by_user.get(uid, ())),
            "total_revenue": sum(payments_by_user.get(uid, ())),
        }
    return result
