"""A listener of the project sees each statement, and leaves out of it what a tenant must not see."""

from sqlalchemy import event
from sqlalchemy.orm import sessionmaker, with_loader_criteria

from shop.models import Customer, Order

Session = sessionmaker()


@event.listens_for(Session, "do_orm_execute")
def only_customers_that_count(state):
    if state.is_select and not state.is_relationship_load:
        criteria = with_loader_criteria(Customer, Customer.vip.is_(True))
        state.statement = state.statement.options(criteria)


def customers():
    with Session() as session:
        for order in session.query(Order).order_by(Order.id):
            print(order.customer)  # review: eager-load (calls-known)
