"""The data of the Flask shop."""

from shop_flask import models as m


def seed(session, n):
    """Fill empty tables with about `n` rows each; row i has the primary key i (from 1)."""
    session.add_all(m.Author(login="author%d" % (n - i)) for i in range(1, n + 1))
    labels = [m.Label(name="label%d" % i) for i in range(1, n + 1)]
    session.add_all(labels)
    session.flush()
    session.add_all(
        m.Post(
            title="Post %d" % (i % 4),
            published=(True, False, None)[i % 3],
            score=None if i % 5 == 0 else i % 7,
            author_id=None if i % 5 == 0 else (i * 7) % ((n + 1) // 2) + 1,
            labels=[labels[k] for k in sorted({(i * s) % n for s in range(i % 4)}, reverse=True)],
        )
        for i in range(1, n + 1)
    )
    session.flush()
    session.add_all(
        m.Comment(
            post_id=i,
            author_id=None if (i + k) % 6 == 0 else (i * 7 + k) % n + 1,
            text="comment %d" % k,
        )
        for i in range(n, 0, -1)
        for k in range(i % 4)
    )
