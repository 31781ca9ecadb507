from datetime import datetime

REQUIRES = {"sqlalchemy": "2.0"}
SAVES = "time"


def seed(module, session, n):
    session.add(module.Station(id=1, name="roof"))
    session.flush()
    for i in range(n):
        session.add(
            module.Reading(
                station_id=1, taken_at=datetime(2025, 2, 18), celsius=i % 30 + 0.5, humidity=0.5,
                pressure=1013.0, wind=i * 0.25, gusts=2.0, comment="c%d" % i,
            )
        )  # fmt: skip


def scenario(module, session):
    warmest = module.warmest(session)
    session.expunge_all()
    return warmest, module.mean(session)
