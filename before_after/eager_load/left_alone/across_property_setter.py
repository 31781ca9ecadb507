"""Assigning to a property changes the foreign key."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Team(Base):
    __tablename__ = "teams"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)


class Player(Base):
    __tablename__ = "players"

    id = Column(Integer, primary_key=True)
    team_id = Column(ForeignKey("teams.id"))
    team = relationship(Team)

    @property
    def number_of_team(self):
        return self.team_id

    @number_of_team.setter
    def number_of_team(self, number):
        self.team_id = number


def players(session):
    return session.query(Player).order_by(Player.id).all()


def transferred(session, number):
    names = []
    for player in players(session):
        player.number_of_team = number
        names.append(player.team.name)  # found: eager-load (nothing-written)
    return names
