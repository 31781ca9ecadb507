from datetime import datetime, timedelta

SAVES = "time"
REQUIRES = {"sqlalchemy": "2.0"}
NOW = datetime(2025, 2, 18)


def seed(module, session, n):
    for i in range(1, n + 2):
        session.add(module.Author(id=i, name=("Ada", "Bob", None)[i % 3]))
    session.flush()
    for i in range(1, n + 1):
        session.add(
            module.Book(
                author_id=i,
                shelf="s%d" % (i % 3),
                language=("en", "de")[i % 2],
                bought=NOW - timedelta(days=i),
            )
        )


def scenario(module, session):
    return (
        sorted(module.by_name(session, "Ada")),
        module.on_shelf(session, "s1", "en"),
        module.since(session, NOW - timedelta(days=5)),
    )
