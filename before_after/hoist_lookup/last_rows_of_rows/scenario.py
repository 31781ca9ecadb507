from datetime import date

REQUIRES = {"sqlalchemy": "2.0"}


def seed(module, session, n):
    session.add_all([module.Sensor(id=i + 1, name=f"s{i % 7}") for i in range(n)])
    session.flush()
    session.add_all(
        [
            module.Reading(
                sensor_id=i * 3 % n + 1,
                taken_on=date(2024, 1, 1 + i % 4),
                value=i if i % 3 else None,
                valid=i % 5 > 0,
            )
            for i in range(2 * n)
        ]
    )
    session.flush()


def scenario(module, session):
    return module.board(session), module.first_values(session)


def sizes(session):
    from sqlalchemy import text

    return {"sensors": session.execute(text("SELECT count(*) FROM sensors")).scalar()}


def statements(sizes):
    return 2 + 2 * sizes["sensors"], 2 + 2 * bool(sizes["sensors"])
