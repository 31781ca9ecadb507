from datetime import date, timedelta

REQUIRES = {"sqlalchemy": "2.0"}
FIRST = date(2025, 2, 25)


def seed(module, session, n):
    session.add_all(module.Visit(day=FIRST + timedelta(days=i * 3 % 17)) for i in range(n))


def scenario(module, session):
    from sqlalchemy import text
    from sqlmodel import Session

    days = session.execute(text("SELECT count(*) FROM visits")).scalar()
    with Session(session.connection()) as own:
        return module.visits(own, FIRST - timedelta(days=1), days)


def sizes(session):
    from sqlalchemy import text

    days = session.execute(text("SELECT count(*) FROM visits")).scalar()
    return {"numbers": days, "days": days}


def other(sizes):
    return 1
