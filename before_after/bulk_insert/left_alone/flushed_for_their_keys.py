"""Rows that are flushed one by one, some of them for the key that the database gives."""

from shop.models import Order, OrderLine, Tag


def with_a_line(session, numbers: list[str]):
    for number in numbers:
        order = Order(number=number)
        session.add(order)
        session.flush()  # found: bulk-insert (key-not-read)
        session.add(OrderLine(order_id=order.id, position=1, quantity=1))


def related_by_objects(session, numbers: list[str]):
    for number in numbers:
        order = Order(number=number)
        session.add(order)
        session.add(OrderLine(order=order, position=1, quantity=1))


def key_is_not_read(session, names: list[str]):
    for name in names:
        tag = Tag(name=name)
        session.add(tag)
        session.flush()


def read_before_it_is_there(session, names: list[str]):
    for name in names:
        tag = Tag(name=name)
        print(tag.id)
        session.add(tag)
        session.flush()


def two_of_them(session):
    for name in ("new", "old"):
        tag = Tag(name=name)
        session.add(tag)
        session.flush()
        print(tag.id)


def committed_each_time(session, names: list[str]):
    for name in names:
        tag = Tag(name=name)
        session.add(tag)
        session.flush()
        print(tag.id)
        session.commit()


def one_that_may_fail(session, names: list[str]):
    for name in names:
        tag = Tag(name=name)
        session.add(tag)
        try:
            session.flush()
        except ValueError:
            session.rollback()
            continue
        print(tag.id)


def key_of_another_row(session, tag: Tag, names: list[str]):
    for name in names:
        other = Tag(name=name)
        session.add(other)
        session.flush()
        print(tag.id)
