RULES = ("batch-helper",)


def seed(module, session, n):
    for number in range(1, n + 1):
        session.add(module.Shelf(id=number, room="room %d" % (number % 3)))
    session.flush()
    for number in range(1, n + 1):
        session.add(module.Box(id=number, shelf_id=number * 7 % n + 1))
    session.flush()
    for number in range(1, n + 1):
        session.add(module.Label(id=number, box_id=number * 3 % n + 1))
    session.flush()


def scenario(module, session):
    return module.rooms(session), module.shelves(session)


def sizes(session):
    from sqlalchemy import text

    def number(table):
        return session.execute(text("SELECT count(*) FROM " + table)).scalar()

    def different(table, column):
        return session.execute(text("SELECT count(DISTINCT %s) FROM %s" % (column, table))).scalar()

    return {
        "boxes": number("boxes"),
        "labels": number("labels"),
        "shelf_ids": different("boxes", "shelf_id"),
        "box_ids": different("labels", "box_id"),
    }
