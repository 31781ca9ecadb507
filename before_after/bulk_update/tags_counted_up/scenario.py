from shop.models import Tag

REQUIRES = {"sqlalchemy": "2.0"}
FLUSHES = False


def scenario(module, session):
    session.query(Tag).update({Tag.uses: 0}, synchronize_session=False)
    names = [name for (name,) in session.query(Tag.name).order_by(Tag.id)]
    return module.count_up(session, names[0] if names else "none")


def statements(sizes):
    return 3, 2
