REQUIRES = {"sqlalchemy": "1.4"}


def seed(module, session, n):
    for name, value in (("channel.order", "sms"), ("channel.refund", None))[: n % 7]:
        session.add(module.Setting(name=name, value=value))
    if n > 1:
        session.add(module.Setting(name="fallback", value="post"))
    for number in range(n):
        session.add(module.Setting(name=f"other.{number}", value="x"))
    session.commit()


def _queue(n):
    kinds = ("Order", "ORDER", "refund", "return", "news")
    return [{"id": i, "kind": kinds[i % 5], "silent": i % 6 == 5} for i in range(n)]


def _n(session):
    from sqlalchemy import text

    return session.execute(
        text("SELECT count(*) FROM settings WHERE name LIKE 'other%'")
    ).scalar()


def scenario(module, session):
    return module.answer(session, _queue(_n(session)))


def other(sizes):
    return 1


def sizes(session):
    return {"n": _n(session)}


def statements(sizes):
    asked = [m["kind"].lower() for m in _queue(sizes["n"]) if not m["silent"]]
    known = ("order", "refund")[: sizes["n"] % 7]

    def sent(kinds):
        return 1 + sum(1 if kind in known else 2 for kind in kinds)

    return sent(asked), sent(set(asked))
