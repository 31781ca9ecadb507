from sqlalchemy import text


def seed(module, session, n):
    session.add_all(module.Room(seats=10 * (i % 3)) for i in range(n // 2 + 1))
    session.flush()
    session.add_all(
        module.Course(title="course %d" % i, open=i % 3 > 0, room_id=i * 3 % (n // 2 + 1) + 1)
        for i in range(n)
    )


def scenario(module, session):
    return module.seats(session)


def sizes(session):
    query = "SELECT count(DISTINCT room_id) FROM courses WHERE open = %s"
    name = session.get_bind().dialect.name
    value = "true" if name == "postgresql" else "1"
    return {"rooms": session.execute(text(query % value)).scalar()}
