from sqlalchemy import text


def seed(module, session, n):
    session.add_all(module.Technique(code="T%04d" % (n - i)) for i in range(n))
    session.flush()
    session.add_all(
        module.Test(technique_id=i, position=9 - k, state=("passed", "failed", "open")[(i + k) % 3])
        for i in range(1, n + 1)
        for k in range(i % 4)
    )


def scenario(module, session):
    return module.matrix(session)


def sizes(session):
    return {"techniques": session.execute(text("SELECT count(*) FROM techniques")).scalar()}
