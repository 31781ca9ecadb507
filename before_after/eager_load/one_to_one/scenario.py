from shop.models import Customer


def scenario(module, session):
    return module.bios(session)


def sizes(session):
    return {"customers": session.query(Customer).count()}
