"""The helper gives a dict of a JSON column, another one for each call."""

from sqlalchemy import JSON, Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Plan(Base):
    __tablename__ = "plans"

    id = Column(Integer, primary_key=True)
    limits = Column(JSON, nullable=False)


class Account(Base):
    __tablename__ = "accounts"

    id = Column(Integer, primary_key=True)
    plan_id = Column(ForeignKey("plans.id"), nullable=False)


def limits_of(session, plan_id: int):
    return session.query(Plan.limits).filter(Plan.id == plan_id).scalar()


def limits_of_accounts(session):
    found = []
    for account in session.query(Account).order_by(Account.id).all():
        limits = limits_of(session, account.plan_id)  # review: batch-helper (value-not-shared)
        limits["account"] = account.id
        found.append(limits)
    return found
