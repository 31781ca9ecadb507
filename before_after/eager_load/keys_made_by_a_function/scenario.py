from sqlalchemy import text


def seed(module, session, n):
    session.add_all(module.Room(name="room %d" % i) for i in range(n // 3 + 1))
    session.add_all(module.Doctor(name="doctor %d" % i) for i in range(n // 2 + 1))
    session.flush()
    session.add_all(
        module.Visit(
            room_id=i % (n // 3 + 1) + 1, doctor_id=i % (n // 2 + 1) + 1 if i % 4 else None
        )
        for i in range(n)
    )


def scenario(module, session):
    return module.listing(session)


def sizes(session):
    rooms = session.execute(text("SELECT count(DISTINCT room_id) FROM visits")).scalar()
    doctors = session.execute(text("SELECT count(DISTINCT doctor_id) FROM visits")).scalar()
    return {"rooms": rooms, "doctors": doctors}
