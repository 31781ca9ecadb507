"""What is tested, and the tests."""

from sqlalchemy import Column, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Technique(Base):
    __tablename__ = "techniques"

    id = Column(Integer, primary_key=True)
    code = Column(String(10), nullable=False, unique=True)
    tests = relationship("Test", order_by="Test.position")


class Test(Base):
    __tablename__ = "tests"
    __table_args__ = (UniqueConstraint("technique_id", "position"),)

    id = Column(Integer, primary_key=True)
    technique_id = Column(ForeignKey("techniques.id"), nullable=False)
    position = Column(Integer, nullable=False)
    state = Column(String(10), nullable=False)
