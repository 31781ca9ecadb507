async def scenario(module, session):
    from sqlalchemy import select
    from sqlalchemy.exc import NoResultFound

    from shop.models import Review

    found = []
    keys = (await session.scalars(select(Review.id).order_by(Review.id).limit(9))).all()
    for key in [*keys, -1]:
        try:
            found.append(await module.origin(session, key))
        except NoResultFound:
            found.append("none")
    return found


def sizes(session):
    from shop.models import Review

    return {"reviews": min(9, session.query(Review).count())}


def statements(sizes):
    return 1 + 4 * sizes["reviews"] + 1, 1 + 3 * sizes["reviews"] + 1
