from shop.models import Customer


def scenario(module, session):
    return module.countries(session)


def sizes(session):
    keys = {customer.country_code for customer in session.query(Customer)}
    return {"customers": session.query(Customer).count(), "country_codes": len(keys - {None})}
