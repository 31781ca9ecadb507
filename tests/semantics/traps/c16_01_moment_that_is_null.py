"""Records without a moment: SQL leaves them out, and Python does not compare them."""

from datetime import datetime

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

TRAP = {
    "codemod": 16,
    "title": "[r for r in server.records if r.at >= since]: None raises TypeError, and NULL is in no window",
    "verdict": "review",
    "differs": "exception",
    "no_gain": True,
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
    at = Column(DateTime)
    value = Column(Integer, nullable=False)


def seed(session):
    session.add_all(Server(id=i, name="s%d" % i) for i in range(1, 5))
    session.flush()
    for i in range(1, 13):
        at = datetime(2024, 1, i)
        session.add(Record(id=i, server_id=i % 3 + 1, at=at, value=20 - i))
    session.add(Record(id=20, server_id=1, at=None, value=1))


inputs = [(datetime(2024, 1, 8),)]


def before(session: Session, since: datetime):
    servers = session.query(Server).options(selectinload(Server.records)).order_by(Server.id)
    found = []
    for server in servers.all():
        found.append(len([record for record in server.records if record.at >= since]))
    return found


def naive(session: Session, since: datetime):
    servers = session.query(Server).order_by(Server.id).all()
    windows = {}
    query = session.query(Record).filter(Record.at >= since)
    for record in query.filter(Record.server_id.in_([server.id for server in servers])):
        windows.setdefault(record.server_id, []).append(record)
    return [len(windows.get(server.id, [])) for server in servers]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
