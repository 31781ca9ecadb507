import enum

from sqlalchemy import Column, DateTime, Enum, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class TestState(str, enum.Enum):
    draft = "draft"
    validated = "validated"


class Technique(Base):
    __tablename__ = "techniques"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)
    tactic = Column(String(20), nullable=False)
    critical = Column(Integer, nullable=False)


class Test(Base):
    __tablename__ = "tests"

    id = Column(Integer, primary_key=True)
    technique_id = Column(ForeignKey("techniques.id"), nullable=False)
    state = Column(Enum(TestState), nullable=False)
    validated_at = Column(DateTime)

    results = relationship("DetectionResult", order_by="DetectionResult.id")


class DetectionRule(Base):
    __tablename__ = "detection_rules"

    id = Column(Integer, primary_key=True)
    technique_id = Column(ForeignKey("techniques.id"), nullable=False)


class DetectionResult(Base):
    __tablename__ = "detection_results"

    id = Column(Integer, primary_key=True)
    test_id = Column(ForeignKey("tests.id"), nullable=False)
    triggered = Column(Integer, nullable=False)


class Countermeasure(Base):
    __tablename__ = "countermeasures"

    id = Column(Integer, primary_key=True)
    technique_id = Column(ForeignKey("techniques.id"), nullable=False)


class ActorTechnique(Base):
    __tablename__ = "actor_techniques"

    actor = Column(String(20), primary_key=True)
    technique_id = Column(ForeignKey("techniques.id"), primary_key=True)
