"""What the services of the operations centre work on."""

import enum
from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Enum,
    Float,
    ForeignKey,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


def utcnow() -> datetime:
    """The time, which stands still so that two runs write the same."""
    return datetime(2025, 2, 18, 9, 0)


class TestState(str, enum.Enum):
    draft = "draft"
    red_executing = "red_executing"
    blue_evaluating = "blue_evaluating"
    in_review = "in_review"
    validated = "validated"
    rejected = "rejected"


class TestResult(str, enum.Enum):
    detected = "detected"
    partially_detected = "partially_detected"
    not_detected = "not_detected"


class TechniqueStatus(str, enum.Enum):
    not_evaluated = "not_evaluated"
    in_progress = "in_progress"
    partial = "partial"
    validated = "validated"
    not_covered = "not_covered"


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    username = Column(String(60), nullable=False, unique=True)
    role = Column(String(30), nullable=False)
    is_active = Column(Boolean, nullable=False, default=True)


class Technique(Base):
    __tablename__ = "techniques"

    id = Column(Integer, primary_key=True)
    mitre_id = Column(String(20), nullable=False, unique=True)
    name = Column(String(200), nullable=False)
    description = Column(Text)
    tactic = Column(String(100))
    is_critical = Column(Boolean, nullable=False, default=False)
    status = Column(Enum(TechniqueStatus), nullable=False, default=TechniqueStatus.not_evaluated)
    last_review_at = Column(DateTime)

    tests = relationship("Test", back_populates="technique", order_by="Test.id")


class Test(Base):
    __tablename__ = "tests"

    id = Column(Integer, primary_key=True)
    technique_id = Column(ForeignKey("techniques.id"), nullable=False)
    name = Column(String(200), nullable=False)
    description = Column(Text)
    platform = Column(String(50))
    state = Column(Enum(TestState), nullable=False, default=TestState.draft)
    result = Column(Enum(TestResult))
    red_validation_status = Column(String(20))
    blue_validation_status = Column(String(20))
    red_validated_at = Column(DateTime)
    remediation_status = Column(String(20))
    created_at = Column(DateTime, nullable=False)
    created_by = Column(ForeignKey("users.id"))
    retest_of = Column(ForeignKey("tests.id"))
    retest_count = Column(Integer, nullable=False, default=0)

    technique = relationship("Technique", back_populates="tests")


class TestTemplate(Base):
    __tablename__ = "test_templates"

    id = Column(Integer, primary_key=True)
    mitre_technique_id = Column(String(20), nullable=False)
    name = Column(String(200), nullable=False)
    source = Column(String(40), nullable=False)
    source_id = Column(String(100))
    platform = Column(String(50))
    attack_procedure = Column(Text)
    is_active = Column(Boolean, nullable=False, default=True)


class AuditLog(Base):
    __tablename__ = "audit_logs"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    action = Column(String(50), nullable=False)
    entity_type = Column(String(50))
    entity_id = Column(String(40))
    details = Column(Text)
    timestamp = Column(DateTime, nullable=False)


class DetectionRule(Base):
    __tablename__ = "detection_rules"

    id = Column(Integer, primary_key=True)
    mitre_technique_id = Column(String(20), nullable=False)
    title = Column(String(200), nullable=False)
    source = Column(String(40), nullable=False)
    source_id = Column(String(100), unique=True)
    severity = Column(String(20))
    is_active = Column(Boolean, nullable=False, default=True)


class TestDetectionResult(Base):
    __tablename__ = "test_detection_results"

    id = Column(Integer, primary_key=True)
    test_id = Column(ForeignKey("tests.id"), nullable=False)
    detection_rule_id = Column(ForeignKey("detection_rules.id"), nullable=False)
    triggered = Column(Boolean)


class DefensiveTechnique(Base):
    __tablename__ = "defensive_techniques"

    id = Column(Integer, primary_key=True)
    d3fend_id = Column(String(50), nullable=False, unique=True)
    name = Column(String(200), nullable=False)
    tactic = Column(String(100))
    description = Column(Text)
    url = Column(String(300))


class DefensiveTechniqueMapping(Base):
    __tablename__ = "defensive_technique_mappings"

    id = Column(Integer, primary_key=True)
    attack_technique_id = Column(ForeignKey("techniques.id"), nullable=False)
    defensive_technique_id = Column(ForeignKey("defensive_techniques.id"), nullable=False)

    attack_technique = relationship("Technique")
    defensive_technique = relationship("DefensiveTechnique")


class ThreatActor(Base):
    __tablename__ = "threat_actors"

    id = Column(Integer, primary_key=True)
    name = Column(String(200), nullable=False, unique=True)
    aliases = Column(Text)


class ThreatActorTechnique(Base):
    __tablename__ = "threat_actor_techniques"

    id = Column(Integer, primary_key=True)
    threat_actor_id = Column(ForeignKey("threat_actors.id"), nullable=False)
    technique_id = Column(ForeignKey("techniques.id"), nullable=False)
    usage = Column(Text)


class Campaign(Base):
    __tablename__ = "campaigns"

    id = Column(Integer, primary_key=True)
    name = Column(String(200), nullable=False)
    description = Column(Text)
    status = Column(String(20), nullable=False, default="draft")
    threat_actor_id = Column(ForeignKey("threat_actors.id"))
    created_by = Column(ForeignKey("users.id"))
    parent_campaign_id = Column(ForeignKey("campaigns.id"))
    is_recurring = Column(Boolean, nullable=False, default=False)
    recurrence = Column(String(20))
    next_run_at = Column(DateTime)
    last_run_at = Column(DateTime)


class CampaignTest(Base):
    __tablename__ = "campaign_tests"

    id = Column(Integer, primary_key=True)
    campaign_id = Column(ForeignKey("campaigns.id"), nullable=False)
    test_id = Column(ForeignKey("tests.id"), nullable=False)
    order_index = Column(Integer, nullable=False, default=0)
    phase = Column(String(40))

    campaign = relationship("Campaign")
    test = relationship("Test")


class OsintItem(Base):
    __tablename__ = "osint_items"

    id = Column(Integer, primary_key=True)
    technique_id = Column(ForeignKey("techniques.id"), nullable=False)
    source_type = Column(String(20), nullable=False)
    source_url = Column(Text, nullable=False)
    title = Column(String(300))
    severity = Column(String(20))
    published_at = Column(Date)


class IntelItem(Base):
    __tablename__ = "intel_items"

    id = Column(Integer, primary_key=True)
    technique_id = Column(ForeignKey("techniques.id"), nullable=False)
    url = Column(Text, nullable=False)
    title = Column(String(300), nullable=False)
    source = Column(String(60), nullable=False)
    reviewed = Column(Boolean, nullable=False, default=False)


class Notification(Base):
    __tablename__ = "notifications"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"), nullable=False)
    type = Column(String(40), nullable=False)
    title = Column(String(200), nullable=False)
    message = Column(Text)
    entity_type = Column(String(40))
    entity_id = Column(Integer)
    read = Column(Boolean, nullable=False, default=False)
    created_at = Column(DateTime, nullable=False)


class CoverageSnapshot(Base):
    __tablename__ = "coverage_snapshots"

    id = Column(Integer, primary_key=True)
    name = Column(String(200))
    organization_score = Column(Float, nullable=False)
    total_techniques = Column(Integer, nullable=False)
    validated_count = Column(Integer, nullable=False)
    created_by = Column(ForeignKey("users.id"))
    created_at = Column(DateTime, nullable=False)


class SnapshotTechniqueState(Base):
    __tablename__ = "snapshot_technique_states"

    id = Column(Integer, primary_key=True)
    snapshot_id = Column(ForeignKey("coverage_snapshots.id"), nullable=False)
    technique_id = Column(ForeignKey("techniques.id"), nullable=False)
    status = Column(Enum(TechniqueStatus), nullable=False)
    score = Column(Float, nullable=False)


class ComplianceFramework(Base):
    __tablename__ = "compliance_frameworks"

    id = Column(Integer, primary_key=True)
    name = Column(String(200), nullable=False, unique=True)
    version = Column(String(20))


class ComplianceControl(Base):
    __tablename__ = "compliance_controls"
    __table_args__ = (UniqueConstraint("framework_id", "control_id"),)

    id = Column(Integer, primary_key=True)
    framework_id = Column(ForeignKey("compliance_frameworks.id"), nullable=False)
    control_id = Column(String(50), nullable=False)
    title = Column(String(300), nullable=False)


class ComplianceControlMapping(Base):
    __tablename__ = "compliance_control_mappings"

    id = Column(Integer, primary_key=True)
    control_id = Column(ForeignKey("compliance_controls.id"), nullable=False)
    technique_id = Column(ForeignKey("techniques.id"), nullable=False)


class JiraLink(Base):
    __tablename__ = "jira_links"

    id = Column(Integer, primary_key=True)
    entity_type = Column(String(40), nullable=False)
    entity_id = Column(Integer, nullable=False)
    issue_key = Column(String(40), nullable=False)
    status = Column(String(40))
    synced_at = Column(DateTime)


class Worklog(Base):
    __tablename__ = "worklogs"

    id = Column(Integer, primary_key=True)
    entity_type = Column(String(40), nullable=False)
    entity_id = Column(Integer, nullable=False)
    user_id = Column(ForeignKey("users.id"), nullable=False)
    activity = Column(String(60), nullable=False)
    seconds = Column(Integer, nullable=False, default=0)
    started_at = Column(DateTime, nullable=False)
    ended_at = Column(DateTime)
    tempo_id = Column(Integer)
