"""There is no place for a statement that is run just before the first count."""

from shop.models import Tag


def in_a_comprehension(session, limits):
    return [
        session.query(Tag).filter(Tag.uses > limit).count()
        - session.query(Tag).filter(Tag.uses < -limit).count()
        for limit in limits
    ]


def in_a_loop_condition(session):
    while (
        session.query(Tag).filter(Tag.uses > 3).count()
        > session.query(Tag).filter(Tag.uses > 2).count()
    ):
        print("waiting")


def in_a_lambda(session):
    return lambda: (
        session.query(Tag).filter(Tag.uses > 3).count(),
        session.query(Tag).filter(Tag.uses > 2).count(),
    )


def in_an_elif(session, wanted):
    if wanted == 1:
        return 1
    elif (
        session.query(Tag).filter(Tag.uses > 3).count()
        > session.query(Tag).filter(Tag.uses > 2).count()
    ):
        return 2


def perhaps(session, wanted):
    return wanted and (
        session.query(Tag).filter(Tag.uses > 3).count(),
        session.query(Tag).filter(Tag.uses > 2).count(),
    )
