"""Each query makes a dict of its own of a JSON column: those of one key would be one dict."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, select
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


def limits_of_accounts(session):
    found = []
    for account in session.query(Account).order_by(Account.id).all():
        limits = session.query(Plan.limits).filter(Plan.id == account.plan_id).scalar()  # review: hoist-lookup (value-not-shared)
        limits["account"] = account.id
        found.append(limits)
    return found


def lists_of_limits(session):
    found = []
    for account in session.query(Account).order_by(Account.id).all():
        found += session.scalars(  # review: hoist-lookup (row-order, value-not-shared)
            select(Plan.limits).where(Plan.id == account.plan_id)
        ).all()
    return found


def limits_in_place(session):
    found = []
    for account in session.query(Account).order_by(Account.id).all():
        plan = session.query(Plan).filter(Plan.id == account.plan_id).one()  # review: hoist-lookup (value-not-shared)
        plan.limits["account"] = account.id
        found.append(plan.limits)
    return found
