"""Two records have the same moment, and max() takes the first of them."""

from datetime import datetime

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

TRAP = {
    "codemod": 16,
    "title": "max(server.records, key=at): the first of the last ones, in the collection's order",
    "verdict": "care",
    "differs": "result",
    "no_gain": True,
}

Base = declarative_base()


class Server(Base):
    __tablename__ = "server"
    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)
    records = relationship("Record", order_by="Record.id")


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
        at = datetime(2024, 1, i // 6 + 1)
        session.add(Record(id=i, server_id=i % 3 + 1, at=at, value=20 - i))


inputs = [()]


def before(session: Session):
    servers = session.query(Server).options(selectinload(Server.records)).order_by(Server.id)
    found = []
    for server in servers.all():
        last = max(server.records, key=lambda record: record.at, default=None)
        found.append(last.value if last else None)
    return found


def naive(session: Session):
    servers = session.query(Server).order_by(Server.id).all()
    keys = [server.id for server in servers]
    query = session.query(Record).filter(Record.server_id.in_(keys)).order_by(Record.at, Record.id)
    last = {record.server_id: record for record in query}
    return [last[server.id].value if server.id in last else None for server in servers]


def correct(session: Session):
    servers = session.query(Server).order_by(Server.id).all()
    last = {}
    keys = [server.id for server in servers]
    query = session.query(Record).filter(Record.server_id.in_(keys))
    for record in query.order_by(Record.at.desc(), Record.id):
        last.setdefault(record.server_id, record)
    return [last[server.id].value if server.id in last else None for server in servers]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
