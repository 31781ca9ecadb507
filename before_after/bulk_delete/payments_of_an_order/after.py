"""The payments of one order are deleted; the session holds one of them already."""

from sqlalchemy import delete, select

from shop.models import Payment


def undo(session, order_id):
    held = session.scalars(select(Payment).where(Payment.order_id == order_id)).first()
    session.execute(
        delete(Payment)
        .where(Payment.order_id == order_id)
        .execution_options(synchronize_session="fetch")
    )
    session.flush()
    return held is None or held not in session
