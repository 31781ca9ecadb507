from shop.models import Customer, Product


def scenario(module, session):
    return module.highest_totals(session)


def sizes(session):
    products = min(session.query(Product).count(), 3)
    customers = session.query(Customer).count()
    return {"products": products, "customers": customers, "id_and_ids": products * customers}


def statements(sizes):
    asked = sizes["products"] * sizes["customers"]
    return 2 + asked, 2 + bool(asked)
