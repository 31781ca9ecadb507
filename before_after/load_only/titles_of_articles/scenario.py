SAVES = "time"


def seed(module, session, n):
    session.add_all(module.Author(id=i + 1, name="a%d" % (n - i)) for i in range(n))
    session.flush()
    for i in range(2 * n):
        session.add(
            module.Article(
                slug="s%d" % i,
                title="t%d" % (i % 7),
                body="b" * i,
                draft=i % 4 == 0,
                author_id=None if i % 5 == 0 else 1 + i % n,
            )
        )


def scenario(module, session):
    titles = module.titles(session)
    session.expunge_all()
    return titles, module.by_author(session)
