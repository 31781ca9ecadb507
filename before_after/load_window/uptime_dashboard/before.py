"""A dashboard of one day, for which the class loads the whole history of every server."""

from datetime import timedelta

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Server(Base):
    __tablename__ = "servers"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)
    active = Column(Boolean, nullable=False, default=True)

    # convenient during early development
    records = relationship(
        "UptimeRecord", lazy="selectin", back_populates="server", order_by="UptimeRecord.id"
    )


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
        since = now - timedelta(hours=24)
        shown = {}
        for server in self.session.query(Server).order_by(Server.id):
            # the rest is history
            day = [record for record in server.records if record.checked_at >= since]
            answered = sum(1 for record in day if record.up)
            shown[server.name] = {
                "checks": len(day),
                "uptime": round(100 * answered / len(day), 1) if day else None,
                "now": day[-1].up if day else None,
            }
        return shown
