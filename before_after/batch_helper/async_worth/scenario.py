from sqlalchemy import select

from shop_typed.models import Customer, Order

MODELS = "shop_typed"


async def scenario(module, session):
    worth = module.Worth(session)
    first = (await session.scalars(select(Customer).order_by(Customer.id).limit(1))).first()
    alone = await worth.of_customer(first) if first else None
    return alone, await worth.of_all()


def sizes(session):
    customers = session.query(Customer).order_by(Customer.id).all()

    def asked(found):
        orders = session.query(Order).filter(Order.customer_id.in_([each.id for each in found]))
        return len(found), orders.count()

    alone, every = asked(customers[:1]), asked(customers)
    return {
        "before": 2 + sum(alone) + sum(every),
        "after": 2 + sum(map(bool, alone)) + sum(map(bool, every)),
    }


def statements(sizes):
    return sizes["before"], sizes["after"]
