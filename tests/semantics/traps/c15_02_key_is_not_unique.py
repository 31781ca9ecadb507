"""The second row is picked of several by an order; the join repeats the first one with each."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 15,
    "title": "query(Test).first(), then the Rule with its code: a join on a column that is not unique adds rows",
    "verdict": "refuse",
    "differs": "exception",
}

Base = declarative_base()


class Rule(Base):
    __tablename__ = "rule"
    id = Column(Integer, primary_key=True)
    code = Column(String(20), nullable=False)
    rank = Column(Integer, nullable=False)


class Test(Base):
    __tablename__ = "test"
    id = Column(Integer, primary_key=True)
    code = Column(String(20), nullable=False)


def seed(session):
    session.add_all(Rule(id=i, code="abc"[i % 2], rank=10 - i) for i in range(1, 6))
    session.add_all(Test(id=i, code="abc"[i % 3]) for i in range(1, 7))


inputs = [(1,), (2,), (3,)]


def before(session: Session, test_id: int):
    test = session.query(Test).filter(Test.id == test_id).one_or_none()
    if test is None:
        return "no test"
    rules = session.query(Rule).filter(Rule.code == test.code)
    rule = rules.order_by(Rule.rank).first()
    return (test.code, rule.rank if rule else None)


def naive(session: Session, test_id: int):
    query = session.query(Test, Rule).outerjoin(Rule, Rule.code == Test.code)
    found = query.filter(Test.id == test_id).order_by(Rule.rank).one_or_none()
    if found is None:
        return "no test"
    test, rule = found
    return (test.code, rule.rank if rule else None)


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
