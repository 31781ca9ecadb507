from shop.models import Order


def scenario(module, session):
    return module.last_changes(session)


def sizes(session):
    count = session.query(Order).count()
    return {"orders": count, "entity_ids": count}
