import enum
import uuid

from sqlalchemy import Boolean, Column, DateTime, Enum, Float, ForeignKey, Integer, String, Text
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import relationship

from app.database import Base


class TestState(enum.Enum):
    draft = "draft"
    validated = "validated"
    rejected = "rejected"


class Technique(Base):
    __tablename__ = "techniques"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    mitre_id = Column(String(20), unique=True, nullable=False)
    name = Column(String(200), nullable=False)
    tactic = Column(String(200))
    is_critical = Column(Boolean, nullable=False, default=False)

    tests = relationship("Test", back_populates="technique")


class Test(Base):
    __tablename__ = "tests"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    name = Column(String(200), nullable=False)
    technique_id = Column(UUID(as_uuid=True), ForeignKey("techniques.id"), nullable=False)
    state = Column(Enum(TestState), nullable=False, default=TestState.draft)
    red_validation_status = Column(String(20))
    blue_validation_status = Column(String(20))
    red_validated_at = Column(DateTime)
    created_at = Column(DateTime, nullable=False)
    retest_of = Column(UUID(as_uuid=True), ForeignKey("tests.id"))

    technique = relationship("Technique", back_populates="tests")


class AuditLog(Base):
    __tablename__ = "audit_logs"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    entity_type = Column(String(50))
    entity_id = Column(String(100))
    action = Column(String(50), nullable=False)
    timestamp = Column(DateTime, nullable=False)


class DetectionRule(Base):
    __tablename__ = "detection_rules"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    source_id = Column(String(200), unique=True)
    mitre_technique_id = Column(String(20), nullable=False)


class TestDetectionResult(Base):
    __tablename__ = "test_detection_results"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    test_id = Column(UUID(as_uuid=True), ForeignKey("tests.id"), nullable=False)
    triggered = Column(Boolean)


class DefensiveTechnique(Base):
    __tablename__ = "defensive_techniques"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    d3fend_id = Column(String(50), unique=True, nullable=False)
    name = Column(String(200), nullable=False)
    tactic = Column(String(100))


class DefensiveTechniqueMapping(Base):
    __tablename__ = "defensive_technique_mappings"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    attack_technique_id = Column(UUID(as_uuid=True), ForeignKey("techniques.id"), nullable=False)
    defensive_technique_id = Column(
        UUID(as_uuid=True), ForeignKey("defensive_techniques.id"), nullable=False
    )

    defensive_technique = relationship("DefensiveTechnique")


class Campaign(Base):
    __tablename__ = "campaigns"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    name = Column(String(200), nullable=False)
    next_run_at = Column(DateTime)
    is_recurring = Column(Boolean, nullable=False, default=False)


class CampaignTest(Base):
    __tablename__ = "campaign_tests"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    campaign_id = Column(UUID(as_uuid=True), ForeignKey("campaigns.id"), nullable=False)
    test_id = Column(UUID(as_uuid=True), ForeignKey("tests.id"), nullable=False)
    order_index = Column(Integer, nullable=False, default=0)

    test = relationship("Test")


class TestTemplate(Base):
    __tablename__ = "test_templates"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    mitre_technique_id = Column(String(20), nullable=False)
    name = Column(String(200), nullable=False)
    source_id = Column(String(200))
    is_active = Column(Boolean, nullable=False, default=True)


class ThreatActor(Base):
    __tablename__ = "threat_actors"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    name = Column(String(200), unique=True, nullable=False)


class ThreatActorTechnique(Base):
    __tablename__ = "threat_actor_techniques"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    threat_actor_id = Column(UUID(as_uuid=True), ForeignKey("threat_actors.id"), nullable=False)
    technique_id = Column(UUID(as_uuid=True), ForeignKey("techniques.id"), nullable=False)


class OsintItem(Base):
    __tablename__ = "osint_items"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    technique_id = Column(UUID(as_uuid=True), ForeignKey("techniques.id"), nullable=False)
    source_url = Column(Text, nullable=False)
    title = Column(String(300))


class User(Base):
    __tablename__ = "users"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    role = Column(String(30), nullable=False)
    is_active = Column(Boolean, nullable=False, default=True)


class Notification(Base):
    __tablename__ = "notifications"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    user_id = Column(UUID(as_uuid=True), ForeignKey("users.id"), nullable=False)
    title = Column(String(200), nullable=False)


class Snapshot(Base):
    __tablename__ = "snapshots"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    technique_id = Column(UUID(as_uuid=True), ForeignKey("techniques.id"), nullable=False)
    score = Column(Float, nullable=False)
