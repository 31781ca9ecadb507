from sqlalchemy import text


def seed(module, session, n):
    session.add_all(module.Author(name="author %d" % (i % 3)) for i in range(n // 2 + 1))
    session.flush()
    session.add_all(
        module.Book(title="book %d" % i, author_id=None if i % 4 == 0 else i % (n // 2 + 1) + 1)
        for i in range(n)
    )


def scenario(module, session):
    return module.shelf(session)


def sizes(session):
    query = "SELECT count(DISTINCT author_id) FROM books"
    return {"authors": session.execute(text(query)).scalar()}
