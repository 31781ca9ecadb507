"""SQL finds rows for keys that a dict tells apart: folded text, networks, moments of other zones."""

from datetime import datetime

from sqlalchemy import Column, Integer, String
from sqlalchemy.dialects.postgresql import CIDR
from sqlalchemy.types import TypeDecorator

from shop.models import AuditLog, Base


class FoldedString(TypeDecorator):
    """Text that is stored and searched in lower case."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value.lower() if value is not None else None


class Account(Base):
    __tablename__ = "accounts"

    id = Column(Integer, primary_key=True)
    email = Column(FoldedString(100), nullable=False, unique=True)
    name = Column(String(100), nullable=False)


class Network(Base):
    __tablename__ = "networks"

    id = Column(Integer, primary_key=True)
    block = Column(CIDR, nullable=False, unique=True)
    zone = Column(String(50), nullable=False)


def names(session, emails: list[str]):
    result = []
    for email in emails:
        account = session.query(Account).filter(Account.email == email).first()  # found: hoist-lookup (keys-equal)
        result.append(account.name if account else None)
    return result


def zones(session, blocks: list[str]):
    result = []
    for block in blocks:
        network = session.query(Network).filter(Network.block == block).first()  # found: hoist-lookup (keys-equal)
        result.append(network.zone if network else None)
    return result


def actions(session, moments: list[datetime]):
    result = []
    for moment in moments:
        entry = session.query(AuditLog).filter(AuditLog.timestamp == moment).one_or_none()  # found: hoist-lookup (keys-equal)
        result.append(entry.action if entry else None)
    return result
