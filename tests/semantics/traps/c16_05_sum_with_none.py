"""SQL adds what is there, and Python raises for None."""

from datetime import datetime

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, func
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

TRAP = {
    "codemod": 16,
    "title": "sum(r.value for r in server.records): NULL is left out in SQL, and raises TypeError in Python",
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
    at = Column(DateTime, nullable=False)
    value = Column(Integer)


def seed(session):
    session.add_all(Server(id=i, name="s%d" % i) for i in range(1, 5))
    session.flush()
    for i in range(1, 13):
        at = datetime(2024, 1, i)
        session.add(Record(id=i, server_id=i % 3 + 1, at=at, value=20 - i))
    session.add(Record(id=20, server_id=1, at=datetime(2024, 1, 1), value=None))


inputs = [()]


def before(session: Session):
    servers = session.query(Server).options(selectinload(Server.records)).order_by(Server.id)
    found = []
    for server in servers.all():
        found.append(sum(record.value for record in server.records))
    return found


def naive(session: Session):
    servers = session.query(Server).order_by(Server.id).all()
    query = session.query(Record.server_id, func.sum(Record.value)).group_by(Record.server_id)
    totals = dict(query.all())
    return [totals.get(server.id, 0) for server in servers]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
