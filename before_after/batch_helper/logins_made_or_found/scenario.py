from shop.models import User


def wanted(session):
    known = [login for (login,) in session.query(User.login).order_by(User.id)]
    return [*known, "made once", "made twice", "made twice", *known[:1]]


def scenario(module, session):
    counted = module.invited(session, wanted(session))
    alone, created = module.Directory(session).get_or_create("alone")
    return counted, alone.login, created, session.query(User.login).order_by(User.id).all()


def sizes(session):
    return {"logins": len(wanted(session)), "distinct_logins": len(set(wanted(session)))}


def other(sizes):
    return 3
