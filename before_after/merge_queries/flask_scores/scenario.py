from shop_flask.models import Author

MODELS = "shop_flask"


def scenario(module, session):
    logins = [login for (login,) in session.query(Author.login).order_by(Author.id).limit(4)]
    return [module.summary(login) for login in [*logins, "nobody"]]


def sizes(session):
    return {"authors": min(4, session.query(Author).count())}


def statements(sizes):
    return 1 + 6 * sizes["authors"] + 1, 1 + 2 * sizes["authors"] + 1
