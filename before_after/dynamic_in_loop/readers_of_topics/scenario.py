def seed(module, session, n):
    session.add_all(
        module.Reader(
            id=number, name="anna" if number == 3 else f"r{number}", active=number % 2 == 0
        )
        for number in range(1, 8)
    )
    session.add_all(module.Topic(id=number, name=f"t{number}") for number in range(1, n + 1))
    session.flush()
    rows = [
        {"topic_id": topic, "reader_id": reader % 7 + 1}
        for topic in range(1, n + 1)
        for reader in range(topic % 5)
    ]
    # one is named twice, and one row leads nowhere
    rows += [dict(rows[0]), {"topic_id": rows[0]["topic_id"], "reader_id": None}] if rows else []
    if rows:
        session.execute(module.followers.insert(), rows)
    session.commit()


def scenario(module, session):
    return module.popular(session, 2)


def sizes(session):
    from sqlalchemy import text

    count = session.execute(text("SELECT count(*) FROM topics")).scalar()
    return {"topics": count, "ids": count}
