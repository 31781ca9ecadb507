from shop.models import User


def scenario(module, session):
    logins = [login for (login,) in session.query(User.login)]
    return module.newest(session, logins, "update")


def sizes(session):
    count = session.query(User).count()
    return {"users": count, "user_ids": count}


def other(sizes):
    return 1
