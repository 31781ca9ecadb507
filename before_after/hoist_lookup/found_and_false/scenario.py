from sqlalchemy import text


def seed(module, session, n):
    for number in range(1, n // 2 + 2):
        session.add(module.Shelf(id=number, length=number % 2, open=number % 3 == 0))
    session.flush()
    for number in range(1, n + 1):
        shelf = None if number % 5 == 0 else number % (n // 2 + 1) + 1
        session.add(module.Book(id=number, shelf_id=shelf))


def scenario(module, session):
    return (
        module.within_reach(session),
        module.misplaced(session),
        module.shelved(session),
        module.closed(session),
    )


def sizes(session):
    books = session.execute(text("SELECT shelf_id FROM books")).scalars().all()
    shelves = {key for key in books if key is not None}
    return {"books": len(books), "shelf_ids": len(shelves), "ids": len(shelves)}
