from shop.models import Payment


def paid_by(session, method):
    """Payments of one kind, for the caller to narrow down and to sort."""
    return session.query(Payment).filter(Payment.method == method)
