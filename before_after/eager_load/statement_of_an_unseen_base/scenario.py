def seed(module, session, n):
    session.add_all(module.Author(name="author %d" % (n - i)) for i in range(n))
    session.flush()
    session.add_all(
        module.Comment(reader_id=i % 2, author_id=i // 2 + 1 if i % 5 else None)
        for i in range(n)
    )


def scenario(module, session):
    return module.authors(session, 1)


def sizes(session):
    from sqlalchemy import text

    query = "SELECT count(DISTINCT author_id) FROM comments WHERE reader_id = 1"
    return {"authors": session.execute(text(query)).scalar()}
