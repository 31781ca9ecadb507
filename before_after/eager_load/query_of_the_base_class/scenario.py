def seed(module, session, n):
    session.add_all(module.Holder(name="holder %d" % (n - i)) for i in range(n))
    session.flush()
    session.add_all(
        module.Debenture(series=i % 2, holder_id=i // 2 + 1 if i % 3 else None)
        for i in range(n)
    )


def scenario(module, session):
    module.DBSession.remove()
    module.DBSession.configure(bind=session.get_bind())
    try:
        return module.Debenture.holders_of(1)
    finally:
        module.DBSession.remove()


def sizes(session):
    from sqlalchemy import text

    query = "SELECT count(DISTINCT holder_id) FROM debentures WHERE series = 1"
    return {"holders": session.execute(text(query)).scalar()}
