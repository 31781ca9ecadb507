SAVES = "rows"
REQUIRES = {"sqlalchemy": "2.0"}


def seed(module, session, n):
    number = 0
    for i in range(n):
        session.add(module.Meter(id=i + 1, serial=f"m{i}"))
        session.flush()
        for _ in range(i % 5 * 3):
            number += 1
            session.add(module.Reading(id=number, meter_id=i + 1, value=number * 7 % 31))


def scenario(module, session):
    from sqlmodel import Session

    with Session(session.connection()) as own:
        return module.latest_values(own)


def sizes(session):
    from sqlalchemy import text

    return {"meters": session.execute(text("SELECT count(*) FROM meters")).scalar()}
