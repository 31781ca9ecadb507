"""The loop commits, changes the texts, chooses the next word by what it found, or no word is its own."""

# pyproject: database = ["postgresql"]

from shop.models import Product, Tag


def committed(session, words: list[str]):
    for word in words:
        if not session.query(Tag).filter(Tag.name.contains(word)).first():
            session.add(Tag(name=word))
            session.commit()


def renamed(session, words: list[str]):
    for word in words:
        for tag in session.query(Tag).filter(Tag.name.contains(word)).all():
            tag.name = word


def deleted(session, words: list[str]):
    for word in words:
        tag = session.query(Tag).filter(Tag.name.contains(word)).order_by(Tag.id).first()
        if tag:
            session.delete(tag)


def followed(session, word: str):
    while True:
        tag = session.query(Tag).filter(Tag.name.startswith(word)).order_by(Tag.id).first()
        if tag is None:
            return word
        word = tag.name + "/"


def same_word(session, words: list[str], word: str):
    return [session.query(Product).filter(Product.name.contains(word)).count() for _ in words]


def first_ten(session, words: list[str]):
    return [
        session.query(Product).filter(Product.name.contains(word)).limit(10).all() for word in words
    ]
