def seed(module, session, n):
    session.add(module.Repository(name="first"))
    session.add_all(module.Author(name="author %d" % (n - i)) for i in range(n))
    session.flush()
    session.add_all(module.Commit(repository_id=1, author_id=i // 2 + 1) for i in range(n))


def scenario(module, session):
    repository = session.query(module.Repository).one()
    return module.authors_of(repository)


def sizes(session):
    from sqlalchemy import text

    query = "SELECT count(DISTINCT author_id) FROM commits"
    return {"authors": session.execute(text(query)).scalar()}


def other(sizes):
    return 1
