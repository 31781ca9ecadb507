from datetime import datetime, timedelta

SAVES = "rows"
REQUIRES = {"sqlalchemy": "2.0"}
START = datetime(2025, 3, 1)


def seed(module, session, n):
    number = 0
    for i in range(n):
        building = "north" if i % 3 else "south"
        session.add(module.Sensor(id=i + 1, name=f"s{n - i:04}", building=building))
        session.flush()
        for position in range(i % 7 * 4):
            number += 1
            # no two of a sensor at one time, and not in the order of their keys
            taken_at = START + timedelta(hours=position * 5 % 29)
            value = number * 7 % 31
            session.add(
                module.Reading(id=number, sensor_id=i + 1, taken_at=taken_at, value=value)
            )


def scenario(module, session):
    return module.board(session, "north", START + timedelta(hours=20))


def sizes(session):
    from sqlalchemy import text

    count = "SELECT count(*) FROM sensors WHERE building = 'north'"
    return {"sensors": session.execute(text(count)).scalar()}
