from shop_typed.models import Customer, OrderStatus

MODELS = "shop_typed"


def scenario(module, session):
    return (
        module.overview(session, module.Params()),
        module.overview(session, module.Params(OrderStatus.PAID, 1)),
        module.Orders(session).numbers(1, module.Params()),
    )


def sizes(session):
    return {"customers": session.query(Customer).count()}


def statements(sizes):
    customers = sizes["customers"]
    return 3 + 4 * customers, 3 + 4 * bool(customers)
