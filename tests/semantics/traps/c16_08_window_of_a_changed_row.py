"""A record's moment is changed, and the database does not have that yet."""

from datetime import datetime

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

TRAP = {
    "codemod": 16,
    "title": "a window of server.records: the collection has the session's values, the query asks for the database's",
    "verdict": "review",
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


inputs = [(datetime(2024, 1, 10), datetime(2023, 1, 1))]


def before(session: Session, since: datetime, old: datetime):
    servers = session.query(Server).options(selectinload(Server.records)).order_by(Server.id).all()
    session.query(Record).filter(Record.id == 12).one().at = old
    found = []
    for server in servers:
        found.append(len([record for record in server.records if record.at >= since]))
    return found


def naive(session: Session, since: datetime, old: datetime):
    servers = session.query(Server).order_by(Server.id).all()
    windows = {}
    query = session.query(Record).filter(Record.at >= since)
    for record in query.filter(Record.server_id.in_([server.id for server in servers])):
        windows.setdefault(record.server_id, []).append(record)
    session.query(Record).filter(Record.id == 12).one().at = old
    found = []
    for server in servers:
        found.append(len(windows.get(server.id, [])))
    return found


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
