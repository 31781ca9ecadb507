from sqlalchemy import text
from sqlmodel import Session

REQUIRES = {"sqlalchemy": "2.0"}


def seed(module, session, n):
    session.add_all(module.Team(name="team %d" % (i % 3)) for i in range(n // 3 + 1))
    session.flush()
    session.add_all(
        module.Hero(name="hero %d" % i, team_id=i % (n // 3 + 1) + 1 if i % 4 else None)
        for i in range(n)
    )


def scenario(module, session):
    with Session(session.get_bind()) as own:
        return module.rosters(own)


def sizes(session):
    return {"teams": session.execute(text("SELECT count(DISTINCT team_id) FROM hero")).scalar()}
