"""Every so many items share a commit, or the caller says whether there is one."""

from shop.models import Tag


def every_500th(session, names):
    for i, name in enumerate(names):
        session.add(Tag(name=name))
        if i % 500 == 0:
            session.commit()
    session.commit()


def full(session, names):
    waiting = []
    for name in names:
        waiting.append(Tag(name=name))
        if len(waiting) >= 500:
            session.add_all(waiting)
            session.commit()
            waiting = []
    session.add_all(waiting)
    session.commit()


def counted(session, names):
    added = 0
    for name in names:
        session.add(Tag(name=name))
        added += 1
        if added > 500:
            session.commit()
            added = 0
    session.commit()


def create_tag(session, name, commit=True):
    session.add(Tag(name=name))
    if commit:
        session.commit()


def asked_not_to(session, names):
    for name in names:
        create_tag(session, name, commit=False)
    session.commit()


def create_when_asked(session, name, commit):
    if commit:
        session.add(Tag(name=name))
        session.commit()


def asked_by_the_caller(session, names, commit):
    for name in names:
        create_when_asked(session, name, commit)
