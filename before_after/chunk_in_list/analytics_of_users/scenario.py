SAVES = "time"


def seed(module, session, n):
    session.add_all([module.User(name="user %d" % i) for i in range(25 * n)])
    session.flush()
    users = [user.id for user in session.query(module.User).order_by(module.User.id)]
    for number, user in enumerate(users):
        session.add_all([module.Visit(user_id=user) for _ in range(number % 3)])
        session.add(module.Payment(user_id=user, amount=number % 7 or None))
    session.flush()


def scenario(module, session):
    users = session.query(module.User).order_by(module.User.id)
    return module.get_user_analytics(session, [user.id for user in users])
