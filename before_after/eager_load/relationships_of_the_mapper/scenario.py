def seed(module, session, n):
    session.add_all(module.Shelf(id=i, name="shelf %d" % i) for i in range(1, n // 3 + 2))
    session.flush()
    session.add_all(
        module.Book(
            id=i,
            title="book %d" % (i % 7),
            shelf_id=None if i % 5 == 0 else i % (n // 3 + 1) + 1,
            sequel_id=i - 1 if i % 2 and i > 1 else None,
        )
        for i in range(1, n + 1)
    )


def scenario(module, session):
    found = module.catalogue(session)
    session.expunge_all()
    return found, module.titles(session)


def sizes(session):
    from sqlalchemy import text

    books = session.execute(text("SELECT count(*) FROM books")).scalar()
    shelves = session.execute(text("SELECT count(DISTINCT shelf_id) FROM books")).scalar()
    return {"books": books, "shelves": shelves}


def other(sizes):
    return 1
