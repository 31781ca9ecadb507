from shop.models import Country, Customer, Order, OrderStatus


def scenario(module, session):
    customer = session.query(Customer).order_by(Customer.id).first()
    alone = module.customer_value(session, customer) if customer else None
    return (
        alone,
        module.country_value(session, "xx"),
        module.report(session),
        (module.best_customers(session)),
    )


def sizes(session):
    countries = session.query(Country).count()
    customers = session.query(Customer).order_by(Customer.id).all()
    settled = [customer for customer in customers if customer.country_code is not None]
    best = [customer for customer in customers if customer.vip]

    def asked(found):
        ids = [customer.id for customer in found]
        orders = session.query(Order).filter(Order.customer_id.in_(ids))
        counted = orders.filter(Order.status != OrderStatus.CANCELLED).count()
        return len(found), counted

    def before(found):
        return sum(asked(found))

    def after(found):
        customers, orders = asked(found)
        return bool(customers) + bool(orders)

    alone = before(customers[:1])
    return {
        "before": 4 + before(customers[:1]) + countries + before(settled) + before(best),
        "after": 4 + after(customers[:1]) + bool(countries) + after(settled) + after(best),
    }


def statements(sizes):
    return sizes["before"], sizes["after"]
