"""Example: a model loads all records of a server with its every row, which few queries read."""

from datetime import timedelta

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship, selectinload

Base = declarative_base()


class Server(Base):
    __tablename__ = "servers"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)
    active = Column(Boolean, nullable=False, default=True)

    # convenient during early development
    records = relationship("UptimeRecord", back_populates="server", order_by="UptimeRecord.id")


class UptimeRecord(Base):
    __tablename__ = "uptime_records"

    id = Column(Integer, primary_key=True)
    server_id = Column(ForeignKey("servers.id"), nullable=False, index=True)
    checked_at = Column(DateTime, nullable=False)
    up = Column(Boolean, nullable=False)

    server = relationship("Server", back_populates="records")


class Dashboard:
    def __init__(self, session):
        self.session = session

    def names(self):
        servers = self.session.query(Server).filter(Server.active.is_(True)).order_by(Server.id)
        return [server.name for server in servers]

    def last_day(self, now):
        """What a page shows: how often each server was asked, and answered, in a day."""
        since = now - timedelta(days=1)
        shown = {}
        for server in (
            self.session.query(Server).options(selectinload(Server.records)).order_by(Server.id)
        ):
            day = [record for record in server.records if record.checked_at >= since]
            shown[server.name] = (len(day), sum(record.up for record in day))
        return shown

    def switched_off(self):
        found = self.session.query(Server).filter_by(active=False).all()
        return sorted(server.name for server in found)
