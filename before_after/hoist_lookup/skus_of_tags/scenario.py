from shop.models import Tag


def scenario(module, session):
    return module.labels(session)


def sizes(session):
    return {"tags": session.query(Tag).count()}


def statements(sizes):
    return 1 + sizes["tags"], 1 + (sizes["tags"] > 0)
