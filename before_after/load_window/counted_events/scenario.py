from datetime import datetime, timedelta

SAVES = "rows"
NAMES = ["a", "b", "c"]


def seed(module, session, n):
    number = 0
    for i in range(n):
        session.add(module.Job(id=i + 1, name="abcd"[i % 4]))
        session.flush()
        for position in range(i % 6 * 3):
            number += 1
            session.add(
                module.Event(
                    id=number,
                    job_id=i + 1,
                    at=datetime(2025, 1, 1) + timedelta(minutes=position * 7 % 11),
                    failed=bool(number % 3),
                    seconds=number % 13,
                )
            )


async def scenario(module, session):
    return await module.numbers(session, NAMES)


def sizes(session):
    from sqlalchemy import text

    count = "SELECT count(*) FROM jobs WHERE name <> 'd'"
    return {"jobs": session.execute(text(count)).scalar()}
