"""The window is counted, and the whole collection is shown afterwards."""

from datetime import datetime

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

TRAP = {
    "codemod": 16,
    "title": "a window of server.records: the rest is loaded one by one where somebody else reads it",
    "verdict": "refuse",
    "differs": "statements",
}

Base = declarative_base()


class Server(Base):
    __tablename__ = "server"
    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)
    records = relationship("Record")


class Record(Base):
    __tablename__ = "record"
    id = Column(Integer, primary_key=True)
    server_id = Column(ForeignKey("server.id"), nullable=False)
    at = Column(DateTime, nullable=False)
    value = Column(Integer, nullable=False)


def seed(session):
    session.add_all(Server(id=i, name="s%d" % i) for i in range(1, 5))
    session.flush()
    for i in range(1, 13):
        at = datetime(2024, 1, i)
        session.add(Record(id=i, server_id=i % 3 + 1, at=at, value=20 - i))


inputs = [(datetime(2024, 1, 10),)]


def before(session: Session, since: datetime):
    servers = session.query(Server).options(selectinload(Server.records)).order_by(Server.id).all()
    found = []
    for server in servers:
        recent = [record for record in server.records if record.at >= since]
        found.append((len(recent), sorted(record.id for record in server.records)))
    return found


def naive(session: Session, since: datetime):
    servers = session.query(Server).order_by(Server.id).all()
    windows = {}
    query = session.query(Record).filter(Record.at >= since)
    for record in query.filter(Record.server_id.in_([server.id for server in servers])):
        windows.setdefault(record.server_id, []).append(record)
    found = []
    for server in servers:
        recent = windows.get(server.id, [])
        found.append((len(recent), sorted(record.id for record in server.records)))
    return found


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
