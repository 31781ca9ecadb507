"""The models of programs that span several functions: rows with properties, methods and text."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, select
from sqlalchemy.orm import declarative_base, relationship, validates

Base = declarative_base()

book_tags = Table(
    "book_tags",
    Base.metadata,
    Column("book_id", ForeignKey("books.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)


class Publisher(Base):
    __tablename__ = "publishers"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)
    authors = relationship("Author", back_populates="publisher", order_by="Author.id")


class Author(Base):
    __tablename__ = "authors"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)
    publisher_id = Column(ForeignKey("publishers.id"))
    publisher = relationship("Publisher", back_populates="authors")
    books = relationship("Book", back_populates="author", order_by="Book.id")

    def __str__(self):
        return f"{self.name} of {self.publisher.name if self.publisher else None}"

    @property
    def titles(self):
        return [book.title for book in self.books]


class Book(Base):
    __tablename__ = "books"

    id = Column(Integer, primary_key=True)
    title = Column(String(50), nullable=False)
    price = Column(Integer)
    author_id = Column(ForeignKey("authors.id"))
    author = relationship("Author", back_populates="books")
    reviews = relationship("Review", back_populates="book", order_by="Review.id")
    tags = relationship("Tag", secondary=book_tags, order_by="Tag.id")

    @validates("price")
    def check_price(self, key, price):
        return price if price is None or price >= 0 else 0

    @property
    def byline(self):
        return "by " + self.author.name if self.author is not None else "anonymous"

    @property
    def owner(self):
        return self.author_id

    @owner.setter
    def owner(self, key):
        self.author_id = key

    @classmethod
    def cheap(cls, session):
        return session.scalars(select(cls).where(cls.price < 4).order_by(cls.id)).all()

    def to_dict(self, full=True):
        found = {"id": self.id, "title": self.title}
        if full:
            found["reviews"] = [review.text for review in self.reviews]
        return found

    def move(self, key):
        self.author_id = key
        return self

    def __lt__(self, other):
        return (self.title, self.id) < (other.title, other.id)


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)


class Review(Base):
    __tablename__ = "reviews"

    id = Column(Integer, primary_key=True)
    book_id = Column(ForeignKey("books.id"), nullable=False)
    user_id = Column(ForeignKey("users.id"))
    text = Column(String(50))
    book = relationship("Book", back_populates="reviews")
    user = relationship("User")

    def __str__(self):
        return f"{self.user.name if self.user else None}: {self.text}"


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)


def seed(session, n, shift=0):
    """Fill empty tables; `shift` moves the keys against each other."""
    publishers = n // 2 + 1
    session.add_all(Publisher(name=f"p{i % 3}") for i in range(publishers))
    session.flush()
    session.add_all(
        Author(name=f"a{i % 4}", publisher_id=None if i % 4 == 1 else i % publishers + 1)
        for i in range(n)
    )
    tags = [Tag(name=f"t{i}") for i in range(4)]
    session.add_all([*tags, *(User(name=f"u{i}") for i in range(n))])
    session.flush()
    session.add_all(
        Book(
            title=f"b{i % 5}",
            price=None if i % 6 == 0 else (i + shift) % 7,
            author_id=None if i % 5 == 0 else (i * 3 + shift) % n + 1,
            tags=[tag for tag in tags if (tag.id * (i + shift)) % 3 == 1],
        )
        for i in range(n)
    )
    session.flush()
    session.add_all(
        Review(
            book_id=i, user_id=None if (i + k) % 4 == 0 else (i + k + shift) % n + 1, text=f"r{k}"
        )
        for i in range(n, 0, -1)
        for k in range((i + shift) % 3)
    )
