from shop.models import User


def logins(session):
    return [login for (login,) in session.query(User.login).order_by(User.id)][::2]


def scenario(module, session):
    return module.without_role(session, [*logins(session), "nobody"])


def sizes(session):
    return {"users": len(logins(session))}


def statements(sizes):
    return 2 + sizes["users"], 2 + (sizes["users"] > 0)
