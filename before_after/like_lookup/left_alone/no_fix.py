"""What Python would not find as the database does."""

# pyproject: database = ["postgresql"]

from shop.models import Customer, Product, Tag


def folded(session, words: list[str]):
    return [
        session.query(Product).filter(Product.name.ilike(f"%{word}%")).count()  # found: like-lookup (tests-equal)
        for word in words
    ]


def patterns(session, patterns: list[str]):
    return [
        session.query(Product).filter(Product.name.like(pattern)).all()  # found: like-lookup (tests-equal)
        for pattern in patterns
    ]


def only_one(session, words: list[str]):
    return [
        session.query(Customer).filter(Customer.email.contains(word)).one()  # found: like-lookup (told-by-rows)
        for word in words
    ]


def added_otherwise(session, words: list[str]):
    for word in words:
        if not session.query(Tag).filter(Tag.name.contains(word)).first():  # found: like-lookup (kept-up)
            new = Tag(name=word)
            session.add(new)


def built_in_steps(session, words: list[str]):
    found = []
    for word in words:
        query = session.query(Tag).filter(Tag.name.contains(word))
        found.append((query.count(), query.all()))  # found: like-lookup (writable)  # found: like-lookup (writable)
    return found
