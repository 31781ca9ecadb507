"""A unit of work opens the session, finds the rows, and commits when it is left."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from shop.models import Address


class UnitOfWork:
    def __init__(self, session: Session) -> None:
        self.session = session

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            self.session.commit()
        else:
            self.session.rollback()

    def addresses(self, city):
        found = (
            select(Address)
            .options(selectinload(Address.customer))
            .where(Address.city != city)
            .order_by(Address.id)
        )
        return self.session.execute(found).scalars().all()


def labels(session: Session):
    with UnitOfWork(session) as work:
        addresses = work.addresses("Oslo")
        return ["%s, %s" % (address.customer.name, address.city) for address in addresses]
