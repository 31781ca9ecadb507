"""A dashboard of one day, for which the class loads the whole history of every server."""

from datetime import timedelta

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


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
        since = now - timedelta(hours=24)
        shown = {}
        servers = self.session.query(Server).order_by(Server.id).all()
        uptime_records_by_server_id = {}
        for server_ids in _chunks(server.id for server in servers):
            for uptime_record in (
                self.session.query(UptimeRecord)
                .filter(UptimeRecord.server_id.in_(server_ids), UptimeRecord.checked_at >= since)
                .order_by(UptimeRecord.id)
            ):
                uptime_records_by_server_id.setdefault(uptime_record.server_id, []).append(
                    uptime_record
                )
        for server in servers:
            # the rest is history
            day = uptime_records_by_server_id.get(server.id, [])
            answered = sum(1 for record in day if record.up)
            shown[server.name] = {
                "checks": len(day),
                "uptime": round(100 * answered / len(day), 1) if day else None,
                "now": day[-1].up if day else None,
            }
        return shown
