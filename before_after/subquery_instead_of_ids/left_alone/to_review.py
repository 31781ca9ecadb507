"""A subquery does it, but for what a person has to look at."""

from somewhere import notify

from shop.models import Category, Customer, Order, Product


def planned(session):
    ids = [customer.id for customer in session.query(Customer).filter(Customer.vip).all()]  # review: subquery-instead-of-ids (planned-together)
    return session.query(Order).filter(Order.customer_id.in_(ids)).all()


def of_other_models(session, model):
    from somewhere.models import Badge

    ids = [badge.key for badge in session.query(Badge).all()]
    return session.query(Product).filter(Product.id.in_(ids)).all()


def told(session):
    ids = [customer.id for customer in session.query(Customer).all()]  # review: subquery-instead-of-ids (calls-known)
    notify(session)
    return session.query(Order).filter(Order.customer_id.in_(ids)).all()


def suspended(session):
    ids = [customer.id for customer in session.query(Customer).all()]  # review: subquery-instead-of-ids (not-suspended)
    yield "fetched"
    yield session.query(Order).filter(Order.customer_id.in_(ids)).all()


def assigned(session, category_id: int):
    category = session.query(Category).filter(Category.id == category_id).one()
    ids = [customer.id for customer in session.query(Customer).all()]  # review: subquery-instead-of-ids (nothing-written)
    category.name = "Customers"
    return session.query(Order).filter(Order.customer_id.in_(ids)).all()
