from datetime import datetime, timedelta

from sqlalchemy import text

NOW = datetime(2026, 1, 24, 12)
RULES = ("load-window", "narrow-relationship")
SAVES = "rows"


def seed(module, session, n):
    servers, records = [], []
    for i in range(n):
        servers.append({"id": i + 1, "name": f"s{n - i}", "active": bool(i % 4)})
        for hour in range(i % 5 * 60):
            day = NOW - timedelta(hours=hour)
            records.append({"server_id": i + 1, "checked_at": day, "up": bool(hour % 3)})
    if servers:
        session.execute(module.Server.__table__.insert(), servers)
    if records:
        session.execute(module.UptimeRecord.__table__.insert(), records)


def scenario(module, session):
    names = module.Dashboard(session).names()
    session.expunge_all()
    return names, module.Dashboard(session).last_day(NOW)


def sizes(session):
    count = "SELECT count(*) FROM servers"
    return {
        "all": session.execute(text(count)).scalar(),
        "on": session.execute(text(f"{count} WHERE active")).scalar(),
    }


def statements(sizes):
    asked = sizes["all"] > 0
    return 2 + asked + (sizes["on"] > 0), 2 + asked
