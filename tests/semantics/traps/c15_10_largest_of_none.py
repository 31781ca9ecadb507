"""The largest value of rows that the function has: of none, and of NULLs."""

from sqlalchemy import Column, Integer, func
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 15,
    "title": "func.max() of rows in a list: max() raises for none, and for None",
    "verdict": "care",
    "differs": "exception",
}

Base = declarative_base()


class Test(Base):
    __tablename__ = "test"
    id = Column(Integer, primary_key=True)
    technique_id = Column(Integer, nullable=False)
    score = Column(Integer)


def seed(session):
    session.add_all(
        Test(id=i, technique_id=i % 2, score=None if i == 3 else i) for i in range(1, 7)
    )


inputs = [(0,), (1,), (2,)]


def before(session: Session, technique_id: int):
    tests = session.query(Test).filter(Test.technique_id == technique_id).all()
    best = session.query(func.max(Test.score)).filter(Test.technique_id == technique_id).scalar()
    return sorted(test.id for test in tests), best


def naive(session: Session, technique_id: int):
    tests = session.query(Test).filter(Test.technique_id == technique_id).all()
    best = max(test.score for test in tests)
    return sorted(test.id for test in tests), best


def correct(session: Session, technique_id: int):
    tests = session.query(Test).filter(Test.technique_id == technique_id).all()
    best = max((test.score for test in tests if test.score is not None), default=None)
    return sorted(test.id for test in tests), best


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
