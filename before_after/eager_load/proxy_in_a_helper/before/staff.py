"""People and what they can do."""

from sqlalchemy import Column, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Person(Base):
    __tablename__ = "people"

    id = Column(Integer, primary_key=True)
    levels = relationship("Level", order_by="Level.position")
    skills = association_proxy("levels", "skill")


class Level(Base):
    __tablename__ = "levels"
    __table_args__ = (UniqueConstraint("person_id", "position"),)

    id = Column(Integer, primary_key=True)
    person_id = Column(ForeignKey("people.id"), nullable=False)
    skill_id = Column(ForeignKey("skills.id"), nullable=False)
    position = Column(Integer, nullable=False)
    skill = relationship("Skill")


class Skill(Base):
    __tablename__ = "skills"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)
