from shop.models import Customer


def scenario(module, session):
    referrals = module.Referrals(session)
    keys = [key for (key,) in session.query(Customer.id).order_by(Customer.id).limit(8)]
    return [referrals.circle(key) for key in [*keys, -1]]


def sizes(session):
    return {"customers": min(8, session.query(Customer).count())}


def statements(sizes):
    return 1 + 3 * sizes["customers"] + 1, 1 + 2 * sizes["customers"] + 1
