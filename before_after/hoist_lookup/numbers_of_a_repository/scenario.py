from shop.models import Customer


def scenario(module, session):
    return module.orders_of_vips(session), module.silent(session), module.reachable(session)


def sizes(session):
    vips = session.query(Customer).filter(Customer.vip).count()
    return {"customers": session.query(Customer).count(), "vips": vips}


def statements(sizes):
    customers, vips = sizes["customers"], sizes["vips"]
    fetched = -(-customers // 500)
    return 3 + 2 * customers + vips, 3 + 2 * fetched + -(-vips // 500)
