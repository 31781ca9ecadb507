REQUIRES = {"sqlalchemy": "1.4"}


def seed(module, session, n):
    for number in range(n):
        sensor = module.Sensor(name=f"s{number:03}")
        session.add(sensor)
        session.flush()
        for minute in range(number % 4):
            value = None if minute % 3 == 2 else number + minute
            row = module.Reading(sensor_id=sensor.id, minute=10 * number - minute, value=value)
            session.add(row)
    session.add(module.Reading(sensor_id=None, minute=1, value=1))
    session.commit()


def scenario(module, session):
    return module.Board(session).rows()


def sizes(session):
    from sqlalchemy import text

    count = session.execute(text("SELECT count(*) FROM sensors")).scalar()
    return {"sensors": count, "sensor_ids": count}
