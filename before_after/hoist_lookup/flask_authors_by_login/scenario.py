from shop_flask.models import Author

MODELS = "shop_flask"


def wanted(session):
    return ["nobody", *(author.login for author in session.query(Author).order_by(Author.id))]


def scenario(module, session):
    return module.known_logins(wanted(session))


def sizes(session):
    given = wanted(session)
    return {"logins": len(given), "distinct_logins": len(set(given))}


def other(sizes):
    return 1
