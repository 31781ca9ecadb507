"""Example: the tables of an operations centre, of which nothing but the keys has an index."""

import enum
from datetime import timedelta

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Enum,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class TestState(str, enum.Enum):
    draft = "draft"
    validated = "validated"
    rejected = "rejected"


class Technique(Base):
    __tablename__ = "techniques"

    id = Column(Integer, primary_key=True)
    mitre_id = Column(String(20), nullable=False, unique=True)
    name = Column(String(200), nullable=False)
    tactic = Column(String(100), index=True)  # a tactic has a dozen techniques
    is_critical = Column(Boolean, nullable=False, default=False)
    description = Column(Text)

    tests = relationship("Test", back_populates="technique", order_by="Test.id")


class Test(Base):
    __tablename__ = "tests"
    __table_args__ = (Index("ix_tests_technique_id_state", "technique_id", "state"),)

    id = Column(Integer, primary_key=True)
    technique_id = Column(ForeignKey("techniques.id"), nullable=False)
    state = Column(Enum(TestState), nullable=False, default=TestState.draft)
    created_at = Column(DateTime, nullable=False, index=True)
    retest_of = Column(ForeignKey("tests.id"), index=True)

    technique = relationship("Technique", back_populates="tests")


class AuditLog(Base):
    __tablename__ = "audit_logs"
    __table_args__ = (
        UniqueConstraint("reference"),
        Index("ix_audit_logs_entity_type_entity", "entity_type", "entity"),
    )

    id = Column(Integer, primary_key=True)
    reference = Column(String(40), nullable=False)
    entity_type = Column(String(50))
    entity_id = Column("entity", String(40))
    timestamp = Column(DateTime, nullable=False, index=True)


class DetectionRule(Base):
    __tablename__ = "detection_rules"

    id = Column(Integer, primary_key=True)
    mitre_technique_id = Column(String(20), nullable=False, index=True)
    is_active = Column(Boolean, nullable=False, default=True)


def validated_tests(db, technique_id):
    return (
        db.query(Test)
        .filter(Test.technique_id == technique_id, Test.state == TestState.validated)
        .count()
    )


def tests_of(db, technique_id):
    return [test.id for test in db.query(Test).filter_by(technique_id=technique_id)]


def techniques_of(db, tactic):
    query = db.query(Technique).filter(Technique.tactic == tactic)
    return [technique.name for technique in query.order_by(Technique.id)]


def history(db, entity_type, entity_id):
    return (
        db.query(AuditLog)
        .filter(AuditLog.entity_type == entity_type, AuditLog.entity_id == entity_id)
        .count()
    )


def latest(db):
    entries = db.query(AuditLog).order_by(AuditLog.timestamp.desc()).limit(10).all()
    return [(entry.entity_type, entry.timestamp) for entry in entries]


def rules_of(db, technique):
    return (
        db.query(DetectionRule)
        .filter(DetectionRule.mitre_technique_id == technique.mitre_id)
        .filter(DetectionRule.is_active.is_(True))
        .count()
    )


def overview(db, now):
    techniques = techniques_of(db, "impact")
    first = db.query(Technique).filter_by(mitre_id="T1001").first()
    since = db.query(Test).filter(Test.created_at >= now - timedelta(days=7)).count()
    return techniques, validated_tests(db, 1), tests_of(db, 1), since, rules_of(db, first)
