"""The response model names no relationship, or is a table of SQLModel, which is taken as it is."""

from typing import List, Optional

from fastapi import APIRouter, Depends
from pydantic import BaseModel
from sqlalchemy.orm import registry
from sqlmodel import Field, Relationship, Session, SQLModel, select

router = APIRouter()


class Base(SQLModel, registry=registry()):
    pass


class Team(Base, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    name: str


class Hero(Base, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    name: str
    team_id: Optional[int] = Field(default=None, foreign_key="team.id")
    team: Optional[Team] = Relationship()


class HeroOut(BaseModel):
    id: int
    name: str


def get_session():
    raise NotImplementedError


@router.get("/table", response_model=List[Hero])
def table(session: Session = Depends(get_session)):
    return session.exec(select(Hero)).all()


@router.get("/columns")
def columns(session: Session = Depends(get_session)) -> List[HeroOut]:
    return session.exec(select(Hero)).all()
