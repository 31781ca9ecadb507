"""SQLModel's classes, whose relationships are annotated."""

from typing import List, Optional

from sqlalchemy.orm import registry
from sqlmodel import Field, Relationship, Session, SQLModel, select


class Base(SQLModel, registry=registry()):
    pass


class Team(Base, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    name: str
    heroes: List["Hero"] = Relationship(back_populates="team")


class Hero(Base, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    name: str
    team_id: Optional[int] = Field(default=None, foreign_key="team.id")
    team: Optional[Team] = Relationship(back_populates="heroes")


def rosters(session: Session) -> dict:
    heroes = session.exec(select(Hero).order_by(Hero.id)).all()
    return {hero.name: hero.team.name for hero in heroes if hero.team is not None}
