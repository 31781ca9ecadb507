"""The key of the first row is changed, and the database does not have that yet."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 15,
    "title": "a row by the key of another one: the key that the session has is not the database's",
    "verdict": "refuse",
    "differs": "result",
    "autoflush": False,
}

Base = declarative_base()


class Technique(Base):
    __tablename__ = "technique"
    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)


class Test(Base):
    __tablename__ = "test"
    id = Column(Integer, primary_key=True)
    technique_id = Column(ForeignKey("technique.id"))


def seed(session):
    session.add_all(Technique(id=i, name="t%d" % i) for i in range(1, 4))
    session.flush()
    session.add_all(Test(id=i, technique_id=i) for i in range(1, 4))


inputs = [(1, 3)]


def before(session: Session, test_id: int, technique_id: int):
    test = session.query(Test).filter(Test.id == test_id).one()
    test.technique_id = technique_id
    technique = session.query(Technique).filter(Technique.id == test.technique_id).first()
    return technique.name if technique else None


def naive(session: Session, test_id: int, technique_id: int):
    query = session.query(Test, Technique).outerjoin(Technique, Technique.id == Test.technique_id)
    test, technique = query.filter(Test.id == test_id).one()
    test.technique_id = technique_id
    return technique.name if technique else None


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
