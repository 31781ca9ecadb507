"""A record is appended to a collection, and the database does not have it yet."""

from datetime import datetime

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

TRAP = {
    "codemod": 16,
    "title": "a window of server.records: what was appended is in the collection only",
    "verdict": "refuse",
    "differs": "result",
    "autoflush": False,
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
    for server in servers:
        server.records.append(Record(id=100 + server.id, at=since, value=0))
    found = []
    for server in servers:
        found.append(len([record for record in server.records if record.at >= since]))
    return found


def naive(session: Session, since: datetime):
    servers = session.query(Server).options(selectinload(Server.records)).order_by(Server.id).all()
    windows = {}
    query = session.query(Record).filter(Record.at >= since)
    for record in query.filter(Record.server_id.in_([server.id for server in servers])):
        windows.setdefault(record.server_id, []).append(record)
    for server in servers:
        server.records.append(Record(id=100 + server.id, at=since, value=0))
    return [len(windows.get(server.id, [])) for server in servers]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
