"""Which counts belong together, what they are called, and what stands in their way."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from codemods import engine
from codemods.finding import Finding, Severity, Status

MODELS = """
from sqlalchemy import Boolean, Column, ForeignKey, Integer, String
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import column_property, declarative_base, relationship

Base = declarative_base()


class Team(Base):
    __tablename__ = "teams"
    id = Column(Integer, primary_key=True)


class Run(Base):
    __tablename__ = "runs"
    id = Column(Integer, primary_key=True)
    state = Column(String(10))
    score = Column(Integer)
    passed = Column(Boolean)
    team_id = Column(ForeignKey("teams.id"))
    team = relationship(Team, backref="runs")
    double = column_property(score * 2)

    @hybrid_property
    def is_open(self):
        return self.state == "open"
"""
HEAD = """
from sqlalchemy import and_, case, distinct, func, or_, select

from models import Run, Team

"""


def project(root: Path, code: str) -> Path:
    (root / "pyproject.toml").write_text(
        '[tool.minusn]\nsqlalchemy = ">=1.4,<2.2"\ndatabase = ["sqlite", "postgresql"]\n'
    )
    (root / "models.py").write_text(MODELS)
    main = root / "main.py"
    main.write_text(HEAD.lstrip() + "\n" + textwrap.dedent(code).lstrip())
    return main


def found(root: Path, code: str) -> list[Finding]:
    report = engine.check([project(root, code)], root=root, select=["merge-counts"])
    assert not report.trouble
    return [finding for finding in report.findings if finding.name == "merge-counts"]


def rewritten(root: Path, code: str) -> str:
    """What becomes of the code, below its imports."""
    main = project(root, code)
    changes = engine.diff([main], root=root, select=["merge-counts"], review=True)
    assert not changes.failures
    (change,) = changes.files
    return change.after.decode().partition("import Run, Team\n")[2].strip()


def unproven(finding: Finding) -> list[str]:
    return [p.name for p in finding.preconditions if p.status is not Status.PROVEN]


def counts(*conditions: str, between: str = "pass") -> str:
    """A function that counts runs under conditions, with a statement after the first count."""
    lines = ["def f(session, x=None):"]
    for number, condition in enumerate(conditions):
        lines.append(f"    n{number} = session.query(Run).filter({condition}).count()")
        if not number:
            lines.append(f"    {between}")
    lines.append(f"    return {', '.join(f'n{n}' for n in range(len(conditions)))}")
    return "\n".join(lines) + "\n"


def test_a_finding_says_what_it_saves(tmp_path: Path) -> None:
    code = counts("Run.score > 1", "Run.score > 2", "Run.passed")
    (finding,) = found(tmp_path, code)
    assert finding.message == "3 counts of Run are queried one by one"
    assert finding.severity is Severity.MEDIUM
    assert finding.cost and finding.cost.after
    assert (finding.cost.before.statements, finding.cost.after.statements) == ("3", "1")
    assert len(finding.related) == 2
    assert unproven(finding) == []


def test_counts_in_a_loop_cost_as_often_as_it_runs(tmp_path: Path) -> None:
    code = """
    def f(session, states):
        for state in states:
            print(
                session.query(Run).filter(Run.state == state).count(),
                session.query(Run).filter(Run.state == state, Run.passed).count(),
            )
    """
    (finding,) = found(tmp_path, code)
    assert finding.cost and finding.cost.after
    assert (finding.cost.before.statements, finding.cost.after.statements) == ("2·states", "states")


@pytest.mark.parametrize(
    "condition",
    [
        "Run.state != 'open'",
        "Run.passed",
        "~Run.passed",
        "Run.score.in_([1, 2])",
        "Run.score.is_(None)",
        "or_(Run.score > 1, Run.passed)",
        "(Run.score > 1) & Run.passed",
        "func.lower(Run.state) == 'open'",
        "Run.score + 1 > x",
        "Run.team == x",
        "Run.team.has()",
        "Run.team.has(Team.id > 3)",
    ],
)
def test_conditions_of_one_table(tmp_path: Path, condition: str) -> None:
    (finding,) = found(tmp_path, counts("Run.id > 3", condition))
    assert unproven(finding) == []


@pytest.mark.parametrize(
    "condition",
    [
        "Team.id > 3",
        "Run.team_id == Team.id",
        "Run.team_id.in_(select(Team.id))",
        "Run.team_id.in_(session.query(Team.id))",
        "Run.is_open",
        "Run.double > 3",
        "*x",
        "x",
        "'score > 3'",
    ],
)
def test_conditions_that_may_bring_another_table(tmp_path: Path, condition: str) -> None:
    assert found(tmp_path, counts("Run.id > 3", condition)) == []


@pytest.mark.parametrize(
    "between",
    [
        "session.add(Run())",
        "session.delete(x)",
        "session.flush()",
        "session.commit()",
        "session.rollback()",
        "session.execute(Run.__table__.delete())",
        "session.query(Run).filter(Run.id > 3).delete()",
        "session.query(Run).first().score = 3",
        "x = n0",
        "x += 1",
        "for x in range(3): pass",
        "import x",
        "x.append(3)",
        "session = x",
        "x.limit[0] = 3",
    ],
)
def test_what_stands_between_makes_them_different(tmp_path: Path, between: str) -> None:
    code = counts("Run.id > 3", "Run.score.in_(x)", between=between)
    if between.startswith("x.limit"):
        code = code.replace("in_(x)", "in_(x.limit)")
    assert found(tmp_path, code) == []


@pytest.mark.parametrize(
    "between",
    [
        "print(n0)",
        "rows = session.query(Run).all()",
        "y = n0 + 1",
        "session.refresh(session.query(Run).first())",
        "values = [n0, len(x)]",
    ],
)
def test_what_stands_between_makes_no_difference(tmp_path: Path, between: str) -> None:
    (finding,) = found(tmp_path, counts("Run.id > 3", "Run.score == x", between=between))
    assert unproven(finding) == []


@pytest.mark.parametrize(
    ("between", "name"),
    [
        ("helper(session)", "calls-known"),
        ("x.score = 3", "nothing-written"),
        ("if n0: return 3", "sent-together"),
        ("yield n0", "not-suspended"),
    ],
)
def test_what_stands_between_is_for_review(tmp_path: Path, between: str, name: str) -> None:
    code = "from elsewhere import helper\n" + counts("Run.id > 3", "Run.passed", between=between)
    (finding,) = found(tmp_path, code)
    assert unproven(finding) == [name]


def test_a_write_divides_them_into_groups(tmp_path: Path) -> None:
    code = """
    def f(session):
        a = session.query(Run).filter(Run.id > 1).count()
        b = session.query(Run).filter(Run.id > 2).count()
        session.flush()
        c = session.query(Run).filter(Run.id > 3).count()
        d = session.query(Run).filter(Run.id > 4).count()
        return a, b, c, d
    """
    assert [len(finding.related) for finding in found(tmp_path, code)] == [1, 1]


@pytest.mark.parametrize(
    ("expression", "column"),
    [
        ("session.query(Run).filter(Run.passed).count()", "func.count(case((Run.passed, 1)))"),
        (
            "session.query(func.count(Run.id)).filter(Run.passed).scalar()",
            "func.count(case((Run.passed, 1)))",
        ),
        (
            "session.query(func.count(Run.score)).filter(Run.passed).scalar()",
            "func.count(case((Run.passed, Run.score)))",
        ),
        (
            "session.query(func.count(distinct(Run.id))).filter(Run.passed).scalar()",
            "func.count(distinct(case((Run.passed, Run.id))))",
        ),
        (
            "session.query(func.count(func.distinct(Run.id))).filter(Run.passed).scalar()",
            "func.count(func.distinct(case((Run.passed, Run.id))))",
        ),
        (
            "session.query(func.sum(Run.score)).filter(Run.passed).scalar()",
            "func.sum(case((Run.passed, Run.score)))",
        ),
        (
            "session.query(func.coalesce(func.sum(Run.score), 0)).filter(Run.passed).scalar()",
            "func.coalesce(func.sum(case((Run.passed, Run.score))), 0)",
        ),
        (
            "session.query(func.avg(Run.score * 2)).filter(Run.passed, Run.id > 3).scalar()",
            "func.avg(case((and_(Run.passed, Run.id > 3), Run.score * 2)))",
        ),
        (
            "session.query(Run).filter_by(passed=False, score=None).count()",
            "func.count(case((and_(~Run.passed, Run.score.is_(None)), 1)))",
        ),
        ("session.query(Run).filter_by(state=x).count()", "func.count(case((Run.state == x, 1)))"),
        ("session.query(Run).count()", "func.count()"),
    ],
)
def test_columns(tmp_path: Path, expression: str, column: str) -> None:
    code = f"""
    def f(session, x):
        a = session.query(Run).filter(Run.score > 3).count()
        b = {expression}
        return a, b
    """
    text = rewritten(tmp_path, code)
    assert f", {column}" in " ".join(text.split()).replace("( ", "(").replace(", )", ")")


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Run.state == 'open'", "open_count"),
        ("Run.passed", "passed_count"),
        ("~Run.passed", "not_passed_count"),
        ("Run.score > 3", "score_over_3_count"),
        ("Run.score == 3", "score_3_count"),
        ("Run.score.is_(None)", "no_score_count"),
        ("Run.score.isnot(None)", "with_score_count"),
        ("Run.state.like('x%')", "state_count"),
    ],
)
def test_names_from_conditions(tmp_path: Path, value: str, name: str) -> None:
    code = f"""
    def f(session):
        return session.query(Run).count(), session.query(Run).filter({value}).count()
    """
    assert f"return total, {name}" in rewritten(tmp_path, code)


def test_a_name_that_is_taken_is_not_used_again(tmp_path: Path) -> None:
    code = """
    total = 3


    def f(session, passed_count):
        return session.query(Run).count(), session.query(Run).filter(Run.passed).count()
    """
    assert "return run_total, run_passed_count" in rewritten(tmp_path, code)


def test_a_number_is_asked_for_once(tmp_path: Path) -> None:
    code = """
    def f(session):
        if session.query(Run).count() and session.query(Run).filter(Run.passed).count():
            return session.query(Run).count()
    """
    text = rewritten(tmp_path, code)
    assert "total, passed_count = session.query(" in text
    assert "return total" in text


def test_a_variable_that_is_used_meanwhile_is_assigned_where_it_was(tmp_path: Path) -> None:
    code = counts("Run.score > 1", "Run.score > 2", between="print(n1) if n0 > 3 else None")
    text = rewritten(tmp_path, "n1 = 0\n\n\n" + code)
    assert "n0, n1_count = session.query(" in text
    assert "n1 = n1_count" in text


@pytest.mark.parametrize("condition", ["*x", "x", "Run.is_open", "Run.team_id == Team.id"])
def test_conditions_that_cannot_be_moved_stay_in_a_shared_query(
    tmp_path: Path, condition: str
) -> None:
    code = f"""
    def f(session, x):
        query = session.query(Run).filter({condition})
        return query.count(), query.filter(Run.passed).count()
    """
    text = rewritten(tmp_path, code)
    assert f"session.query(Run).filter({condition})\n" in text
    assert "query.with_entities(" in text


def test_two_flags_alone_are_left(tmp_path: Path) -> None:
    code = """
    def f(session):
        a = session.query(Run).filter(Run.passed).first() is not None
        b = session.query(session.query(Run).filter(Run.score > 3).exists()).scalar()
        return a, b
    """
    assert found(tmp_path, code) == []


def test_a_second_run_finds_nothing(tmp_path: Path) -> None:
    main = project(tmp_path, counts("Run.score > 1", "Run.score > 2"))
    engine.apply([main], root=tmp_path)
    assert engine.check([main], root=tmp_path).findings == ()
