from shop.models import Category, User


def scenario(module, session):
    return module.offers(session), module.actions(session)


def sizes(session):
    return {
        "categories": session.query(Category).count(),
        "users": session.query(User).count(),
    }


def statements(sizes):
    fetched = bool(sizes["categories"]) + bool(sizes["users"])
    return 2 + sizes["categories"] + sizes["users"], 2 + fetched
