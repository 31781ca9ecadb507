"""An association proxy goes through two relationships, for each user."""

from sqlalchemy import Column, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import declarative_base, relationship, selectinload

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    memberships = relationship("Membership", order_by="Membership.since")
    groups = association_proxy("memberships", "group")


class Membership(Base):
    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("user_id", "since"),)

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"), nullable=False)
    group_id = Column(ForeignKey("groups.id"), nullable=False)
    since = Column(Integer, nullable=False)
    group = relationship("Group")


class Group(Base):
    __tablename__ = "groups"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)


def groups(session):
    users = (
        session.query(User)
        .options(selectinload(User.memberships).selectinload(Membership.group))
        .order_by(User.id)
    )
    return {user.id: [group.name for group in user.groups] for user in users}
