from shop_typed.models import Customer

MODELS = "shop_typed"
SAVES = "time"


def scenario(module, session):
    ids = [customer.id for customer in session.query(Customer)]
    return module.names(session, [*ids, *ids[:3]])
