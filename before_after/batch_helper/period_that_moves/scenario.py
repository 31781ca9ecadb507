import datetime

from shop.models import Customer

DAY = datetime.date(2024, 2, 28)


def scenario(module, session):
    return (
        module.variable(session, DAY),
        module.item(session, DAY),
        module.Report(session, DAY).by_method(),
        module.by_hand(session, DAY),
        module.by_argument(session, DAY),
        module.kept(session, DAY),
    )


def sizes(session):
    return {"customers": session.query(Customer).count()}


def statements(sizes):
    return 6 + 12 * sizes["customers"], 6 + 11 * (sizes["customers"] > 0)
