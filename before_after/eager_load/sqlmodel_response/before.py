"""Of three SQLModel response models one reads the relationship; the table itself does not."""

from typing import List, Optional

from fastapi import APIRouter, Depends
from sqlalchemy.orm import registry
from sqlmodel import Field, Relationship, Session, SQLModel, select


class Base(SQLModel, registry=registry()):
    pass


class TeamBase(SQLModel):
    name: str


class Team(TeamBase, Base, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)


class HeroBase(SQLModel):
    name: str
    team_id: Optional[int] = Field(default=None, foreign_key="team.id")


class Hero(HeroBase, Base, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    team: Optional[Team] = Relationship()


class HeroPublic(HeroBase):
    id: int


class HeroPublicWithTeam(HeroPublic):
    team: Optional[TeamBase] = None


router = APIRouter()


async def get_session():
    raise NotImplementedError


@router.get("/heroes/raw", response_model=List[Hero])
async def raw(session: Session = Depends(get_session)):
    return session.exec(select(Hero).order_by(Hero.id)).all()


@router.get("/heroes", response_model=List[HeroPublic])
async def heroes(session: Session = Depends(get_session)):
    return session.exec(select(Hero).order_by(Hero.id)).all()


@router.get("/heroes/full", response_model=List[HeroPublicWithTeam])
async def full(session: Session = Depends(get_session)):
    return session.exec(select(Hero).order_by(Hero.id)).all()
