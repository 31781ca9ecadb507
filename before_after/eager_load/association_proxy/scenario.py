from sqlalchemy import text


def seed(module, session, n):
    session.add_all(module.Group(name="group %d" % (i % 4)) for i in range(n // 2 + 1))
    session.add_all(module.User() for _ in range(n))
    session.flush()
    session.add_all(
        module.Membership(user_id=i, group_id=(i * k) % (n // 2 + 1) + 1, since=9 - k)
        for i in range(1, n + 1)
        for k in range(i % 4)
    )


def scenario(module, session):
    return module.groups(session)


def sizes(session):
    users = session.execute(text("SELECT count(*) FROM users")).scalar()
    groups = session.execute(text("SELECT count(DISTINCT group_id) FROM memberships")).scalar()
    return {"users": users, "groups": groups}
