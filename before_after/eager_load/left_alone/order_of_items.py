"""Without a declared order, or with ties, each loader may return items in another order."""

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Team(Base):
    __tablename__ = "teams"
    id = Column(Integer, primary_key=True)
    members = relationship("Member", back_populates="team")
    by_rank = relationship("Member", order_by="Member.rank", viewonly=True)
    captain = relationship("Member", uselist=False, viewonly=True)


class Member(Base):
    __tablename__ = "members"
    id = Column(Integer, primary_key=True)
    team_id = Column(ForeignKey("teams.id"), nullable=False)
    rank = Column(Integer)
    team = relationship(Team, back_populates="members")


def names(session):
    teams = session.query(Team).order_by(Team.id).all()
    return [[member.id for member in team.members] for team in teams]  # review: eager-load (item-order)


def ties(session):
    teams = session.query(Team).order_by(Team.id).all()
    return [[member.id for member in team.by_rank] for team in teams]  # review: eager-load (item-order)


def one_of_several(session):
    teams = session.query(Team).order_by(Team.id).all()
    return [team.captain for team in teams]  # review: eager-load (item-order)


def until_enough(session):
    for team in session.query(Team).order_by(Team.id):
        total = 0
        for member in team.members:  # review: eager-load (item-order)
            if total < 10:
                total += member.id
        print(total)


def may_fail(session):
    teams = session.query(Team).order_by(Team.id).all()
    return [any(m.rank > 3 for m in team.members) for team in teams]  # review: eager-load (item-order)
