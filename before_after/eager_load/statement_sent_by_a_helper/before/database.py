"""How this project sends its statements."""


def all_of(session, statement):
    return session.execute(statement).scalars().all()
