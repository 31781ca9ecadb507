"""A later item finds the new row, and what the flush of its lookup has given it: a key, a default."""

from shop.db import SessionLocal
from shop.models import AuditLog, Order, Tag, User


def counts_on(names: list[str]):
    with SessionLocal() as session:
        for name in names:
            tag = session.query(Tag).filter(Tag.name == name).first()  # found: hoist-lookup (flushes-alike)
            if tag is None:
                tag = Tag(name=name)
                session.add(tag)
            else:
                tag.uses += 1
        session.commit()


def added_as_it_is_made(names: list[str]):
    with SessionLocal() as session:
        keys = []
        for name in names:
            tag = session.query(Tag).filter(Tag.name == name).first()  # found: hoist-lookup (flushes-alike)
            if tag is None:
                session.add(Tag(name=name))
            else:
                keys.append(tag.id)
        session.commit()
        return keys


def kept_for_the_next_item():
    with SessionLocal() as session:
        last = None
        for order in session.query(Order).order_by(Order.id).all():
            user = session.query(User).filter(User.id == order.customer_id).first()  # found: hoist-lookup (flushes-alike)
            entry = AuditLog(
                entity_type="order",
                entity_id=str(last.id) if last else "",
                action="closed",
                user_id=user.id if user else None,
                timestamp=None,
            )
            session.add(entry)
            last = entry
        session.commit()


def kept_in_a_list():
    with SessionLocal() as session:
        entries = []
        for order in session.query(Order).order_by(Order.id).all():
            user = session.query(User).filter(User.id == order.customer_id).first()  # found: hoist-lookup (flushes-alike)
            text = str(entries[-1].id) if entries else ""
            entries.append(AuditLog(entity_type="order", entity_id=text, action="", user_id=user.id, timestamp=None))
            session.add(entries[-1])
        session.commit()
