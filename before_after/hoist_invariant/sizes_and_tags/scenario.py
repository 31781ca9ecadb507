MODELS = "shop_typed"


def _sizes(session):
    from shop_typed.models import Tag

    return [str(tag.id) for tag in session.query(Tag).order_by(Tag.id)]


def scenario(module, session):
    return module.labels(session, _sizes(session))


def sizes(session):
    return {"sizes": len(_sizes(session))}


def statements(sizes):
    return 1 + sizes["sizes"], 1 + bool(sizes["sizes"])
