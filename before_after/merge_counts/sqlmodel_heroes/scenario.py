REQUIRES = {"sqlalchemy": "2.0"}


def seed(module, session, n):
    session.add_all(
        module.Hero(age=None if i % 4 == 0 else i % 7, retired=i % 3 == 0) for i in range(n)
    )


def scenario(module, session):
    from sqlmodel import Session

    with Session(session.connection()) as own:
        return module.ages(own)
