"""A number of rows in a list, of which the session has changes that the database has not."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 15,
    "title": "count() of rows in a list: without autoflush the database counts what was there",
    "verdict": "refuse",
    "differs": "result",
    "autoflush": False,
}

Base = declarative_base()


class Test(Base):
    __tablename__ = "test"
    id = Column(Integer, primary_key=True)
    state = Column(String(20), nullable=False)


def seed(session):
    session.add_all(Test(id=i, state="new") for i in range(1, 7))


inputs = [()]


def before(session: Session):
    tests = session.query(Test).order_by(Test.id).all()
    tests[0].state = "done"
    return len(tests), session.query(Test).filter(Test.state == "new").count()


def naive(session: Session):
    tests = session.query(Test).order_by(Test.id).all()
    tests[0].state = "done"
    return len(tests), sum(1 for test in tests if test.state == "new")


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
