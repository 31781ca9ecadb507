"""A row is fetched for the key of another one, which is None, or of a row that is gone."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 15,
    "title": "find a test, then its technique: an inner join finds neither where the technique is missing",
    "verdict": "care",
    "differs": "result",
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
    state = Column(String(20), nullable=False)


def seed(session):
    session.add_all(Technique(id=i, name="t%d" % i) for i in range(1, 4))
    session.flush()
    session.add_all(Test(id=i, technique_id=(None, 1, 3)[i % 3], state="s%d" % i) for i in range(1, 7))


inputs = [(1,), (2,), (3,), (99,)]


def before(session: Session, test_id: int):
    test = session.query(Test).filter(Test.id == test_id).first()
    if test is None:
        return "no test"
    technique = session.query(Technique).filter(Technique.id == test.technique_id).first()
    return (test.state, technique.name if technique else None)


def naive(session: Session, test_id: int):
    query = session.query(Test, Technique).join(Technique, Technique.id == Test.technique_id)
    found = query.filter(Test.id == test_id).first()
    if found is None:
        return "no test"
    test, technique = found
    return (test.state, technique.name if technique else None)


def correct(session: Session, test_id: int):
    query = session.query(Test, Technique).outerjoin(Technique, Technique.id == Test.technique_id)
    test, technique = query.filter(Test.id == test_id).first() or (None, None)
    if test is None:
        return "no test"
    return (test.state, technique.name if technique else None)


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
