"""Nobody knows whether what is called in the loop changes the answer."""

from shop.models import Order


def send_all(session, mails, send):
    for mail in mails:
        count = session.query(Order).count()
        send(session, mail, count)
