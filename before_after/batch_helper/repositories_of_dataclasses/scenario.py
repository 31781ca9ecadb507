from shop_typed.models import Order

MODELS = "shop_typed"


def scenario(module, session):
    import repositories

    return module.Labels(repositories.repositories(session)).of_orders()


def sizes(session):
    count = session.query(Order).count()
    return {"orders": count, "customer_ids": count}
