from shop.models import Customer


def scenario(module, session):
    emails = [email for (email,) in session.query(Customer.email).order_by(Customer.id).limit(3)]
    found = [module.circle(session, key) for key in (1, 2, 3, -1)]
    return found, [module.known(session, email) for email in [*emails, "nobody"]]


def sizes(session):
    first = session.query(Customer).order_by(Customer.id).limit(3).all()
    return {"vips": sum(customer.vip for customer in first), "asked": len(first) + 1}


def statements(sizes):
    return 1 + 4 * 2 + 2 * sizes["asked"] + sizes["vips"], 1 + 4 + sizes["asked"]
