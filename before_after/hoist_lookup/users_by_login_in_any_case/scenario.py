from shop.models import User

ODD = ["ÄNNE", "änne", "Straße", "STRASSE", "ada", "ADA"]


def seed(session, n):
    # SQLite's lower() leaves letters beyond ASCII as they are, and Python's does not
    logins = ["Änne", "Straße", "Ada", *(f"User{number}" for number in range(n))]
    session.add_all(User(login=login) for login in logins[: n + 1])


def logins(session):
    found = [user.login for user in session.query(User).order_by(User.id)]
    return [*found, *(login.upper() for login in found), *ODD]


def scenario(module, session):
    return module.user_ids(session, logins(session))


def sizes(session):
    given = logins(session)
    return {"logins": len(given), "distinct_logins": len({login.lower() for login in given})}


def other(sizes):
    return 1
