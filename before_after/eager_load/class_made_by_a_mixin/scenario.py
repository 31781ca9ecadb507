def seed(module, session, n):
    session.add_all(module.Event(name="event %d" % (i % 7)) for i in range(n))
    session.flush()
    session.add_all(
        module.Event.Remark(parent_id=i // 2 + 1 if i % 5 else None, text="remark %d" % (i % 3))
        for i in range(n)
    )


def scenario(module, session):
    return module.remarks_by_event(session)


def sizes(session):
    from sqlalchemy import text

    return {"events": session.execute(text("SELECT count(*) FROM events")).scalar()}
