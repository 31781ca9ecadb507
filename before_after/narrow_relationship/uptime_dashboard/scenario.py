from datetime import datetime, timedelta

NOW = datetime(2026, 1, 24, 12)


def seed(module, session, n):
    for i in range(n):
        server = module.Server(id=i + 1, name="s%d" % (n - i), active=bool(i % 4))
        session.add(server)
        session.flush()
        for hour in range(i % 5 * 12):
            session.add(
                module.UptimeRecord(
                    server_id=server.id, checked_at=NOW - timedelta(hours=hour), up=bool(hour % 3)
                )
            )


def scenario(module, session):
    names = module.Dashboard(session).names()
    session.expunge_all()
    shown = module.Dashboard(session).last_day(NOW)
    session.expunge_all()
    return names, shown, module.Dashboard(session).switched_off()


def sizes(session):
    from sqlalchemy import text

    count = "SELECT count(*) FROM servers"
    return {
        "all": session.execute(text(count)).scalar(),
        "on": session.execute(text(count + " WHERE active")).scalar(),
    }


def statements(sizes):
    off = sizes["all"] - sizes["on"]
    read = sizes["all"] > 0
    return 3 + read + (sizes["on"] > 0) + (off > 0), 3 + read
