def scenario(module, session):
    sensors = list(range(session.query(module.Reading).count()))
    return module.counts(sensors, module.UnitOfWork(lambda: session))


def seed(module, session, n):
    session.add_all([module.Reading(id=i, sensor=i // 3) for i in range(1, n + 1)])


def sizes(session):
    from sqlalchemy import text

    count = session.execute(text("select count(*) from readings")).scalar()
    return {"sensors": count, "distinct_sensors": count}


def other(sizes):
    return 1
