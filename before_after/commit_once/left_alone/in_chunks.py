"""A commit for each chunk or page is what a loop over chunks is for."""

from shop.models import Tag


def by_slices(session, names):
    for start in range(0, len(names), 500):
        session.add_all([Tag(name=name) for name in names[start : start + 500]])
        session.commit()


def by_pages(session, pages):
    for page in pages:
        session.add_all([Tag(name=name) for name in page])
        session.commit()


def by_chunks(session, names, chunked):
    for some in chunked(names, 500):
        session.add_all([Tag(name=name) for name in some])
        session.commit()
