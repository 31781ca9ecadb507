from sqlalchemy.exc import NoResultFound

from shop_typed.models import Customer

MODELS = "shop_typed"


def scenario(module, session):
    ids = {customer.id for customer in session.query(Customer)}
    result = [module.emails_of(session, ids)]
    try:
        module.emails_of(session, {999_999})
    except NoResultFound as error:
        result.append(str(error))
    return result


def sizes(session):
    return {"customer_ids": session.query(Customer).count()}


def statements(sizes):
    ids = sizes["customer_ids"]
    return 2 + ids, 2 + -(-ids // 500)
