"""A DELETE for the row of each item is told; one for a chunk of them is not."""

from sqlalchemy import delete

from shop.models import Payment, Tag


def core(session, ids):
    for id in ids:
        session.execute(delete(Payment).where(Payment.id == id))  # found: bulk-delete


def legacy(session, names):
    for name in names:
        session.query(Tag).filter_by(name=name).delete()  # found: bulk-delete


def chunks(session, chunks):
    for ids in chunks:
        session.execute(delete(Payment).where(Payment.id.in_(ids)))


def older(session, days):
    for day in days:
        session.execute(delete(Payment).where(Payment.paid_at < day))
