"""Small applications that map the same things in different ways; SQLAlchemy can import them."""

from __future__ import annotations

DECLARATIVE_14 = {
    "legacy/__init__.py": "from legacy.base import Base, Session\nfrom legacy.orders import *\n",
    "legacy/base.py": """
        from sqlalchemy import Column, DateTime, Integer
        from sqlalchemy.orm import declarative_base, declared_attr, scoped_session, sessionmaker

        class Keyed(object):
            id = Column(Integer, primary_key=True)

            @declared_attr
            def __tablename__(cls):
                return cls.__name__.lower()

        class Stamped:
            created = Column(DateTime(timezone=True), server_default="now")

            @declared_attr
            def author_id(cls):
                from sqlalchemy import ForeignKey
                return Column(Integer, ForeignKey("author.id"))

            @declared_attr
            def author(cls):
                from sqlalchemy.orm import relationship
                return relationship("Author")

        Base = declarative_base(cls=Keyed)
        Session = scoped_session(sessionmaker(autoflush=False))
        Base.query = Session.query_property()
        """,
    "legacy/people.py": """
        from sqlalchemy import CHAR, Column, Enum, String, Unicode
        from sqlalchemy.ext.associationproxy import association_proxy
        from sqlalchemy.ext.hybrid import hybrid_property
        from sqlalchemy.orm import column_property, deferred, synonym, validates
        import enum
        import legacy.base as base

        class Rank(enum.IntEnum):
            LOW = 1
            HIGH = 2

        class Author(base.Base):
            name = Column(
                "author_name", String(80, collation="NOCASE"), nullable=False, unique=True
            )
            code = Column(CHAR(3))
            rank = Column(Enum(Rank), default=Rank.LOW)
            letter = Column(Enum("a", "b", name="letters"))
            bio = deferred(Column(Unicode))
            shout = column_property(name + "!")
            alias = synonym("name")
            titles = association_proxy("books", "title")

            @validates("code")
            def upper(self, key, value):
                return value.upper()

            @hybrid_property
            def short(self):
                return self.name[:3]

            @short.expression
            def short(cls):
                return cls.name

            @property
            def length(self):
                return len(self.name)
        """,
    "legacy/orders.py": """
        from sqlalchemy import (
            Column, ForeignKey, ForeignKeyConstraint, Index, Integer, Numeric, String, Table, Text,
            UniqueConstraint,
        )
        from sqlalchemy.orm import backref, relationship
        from legacy.base import Base, Stamped
        from legacy import people
        from legacy.people import Author

        tagged = Table(
            "tagged", Base.metadata,
            Column("book_id", ForeignKey("book.id"), primary_key=True),
            Column("tag_id", ForeignKey("tag.id"), primary_key=True),
        )

        class Tag(Base):
            label = Column(String, index=True)

        class Book(Stamped, Base):
            __table_args__ = (
                UniqueConstraint("title", "edition"),
                Index("by_isbn", "isbn", unique=True),
                Index("live", "title", unique=True, sqlite_where=Column("edition") > 1),
                {"mysql_engine": "InnoDB"},
            )
            title = Column(Text)
            edition = Column(Integer)
            isbn = Column(String(13))
            price = Column(Numeric(10, 2))
            rating = Column(Numeric(asdecimal=False))
            writer_id = Column(Integer, ForeignKey(Author.id), nullable=False)
            editor_id = Column(ForeignKey("author.id"))
            writer = relationship(
                "Author", foreign_keys=[writer_id], backref=backref("books", lazy="dynamic")
            )
            editor = relationship(Author, foreign_keys="Book.editor_id", backref="edited")
            author = relationship("Author", foreign_keys="Book.author_id")
            tags = relationship("Tag", secondary=tagged, backref="books", order_by="Tag.label")
            cover = relationship("Cover", uselist=False, back_populates="book")
            pages = relationship(lambda: Page, lazy="joined", cascade="all, delete-orphan")

        class Cover(Base):
            book_id = Column(ForeignKey("book.id"), unique=True)
            book = relationship("legacy.orders.Book", back_populates="cover")

        class Page(Base):
            number = Column(Integer, primary_key=True)
            book_id = Column(ForeignKey(Book.id))
            notes = relationship("Note")

        class Note(Base):
            page_id = Column(Integer)
            page_number = Column(Integer)
            parent_id = Column(ForeignKey("note.id"))
            parent = relationship("Note", remote_side="Note.id", backref="replies")
            page = relationship("Page", overlaps="notes")
            __table_args__ = (
                ForeignKeyConstraint(["page_id", "page_number"], ["page.id", "page.number"]),
            )

        Index("by_note", Note.page_id, Note.page_number, unique=True)
        """,
}

DECLARATIVE_20 = {
    "modern/__init__.py": "",
    "modern/base.py": """
        import datetime
        import uuid
        from typing import Annotated, Any, Dict, Optional

        from sqlalchemy import JSON, BigInteger, DateTime, String, func
        from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

        intpk = Annotated[int, mapped_column(primary_key=True)]
        short = Annotated[str, 30]
        stamp = Annotated[
            datetime.datetime, mapped_column(nullable=False, server_default=func.now())
        ]

        class Base(DeclarativeBase):
            type_annotation_map = {
                Dict[str, Any]: JSON,
                int: BigInteger,
                datetime.datetime: DateTime(timezone=True),
                short: String(30),
            }

        class Plain(MappedAsDataclass, DeclarativeBase):
            pass

        class Stamped:
            created_at: Mapped[stamp]
            changed_at: Mapped[Optional[datetime.datetime]]
        """,
    "modern/shop.py": """
        from __future__ import annotations

        import enum
        import typing as t
        import uuid
        from decimal import Decimal
        from typing import List, Optional, TYPE_CHECKING

        import sqlalchemy as sa
        from sqlalchemy import orm
        from sqlalchemy.orm import DynamicMapped, Mapped, WriteOnlyMapped
        from sqlalchemy.orm import mapped_column, relationship

        from .base import Base, Stamped, intpk, short

        if TYPE_CHECKING:
            from .people import Customer, Manager

        class State(str, enum.Enum):
            NEW = "new"

        class Order(Stamped, Base):
            __tablename__ = "orders"
            id: Mapped[intpk]
            reference: Mapped[uuid.UUID] = mapped_column(unique=True)
            state: Mapped[State]
            note: Mapped[t.Optional[str]]
            total: Mapped[Decimal]
            code: Mapped[short]
            label: Mapped[str] = sa.Column(sa.String(9))
            memo: Mapped[str] = orm.deferred(mapped_column(sa.Text))
            paid: Mapped["bool | None"] = mapped_column(default=False)
            customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customers.id"))
            customer: Mapped[Customer] = relationship(back_populates="orders")
            lines: Mapped[List["Line"]] = relationship(
                back_populates="order", order_by="Line.position", lazy="selectin"
            )
            watchers: Mapped[set[Customer]] = relationship(secondary="watches")
            history: WriteOnlyMapped["Line"] = relationship(viewonly=True)
            recent: DynamicMapped["Line"] = relationship(viewonly=True)
            receipt: Mapped[Optional["Receipt"]] = relationship(back_populates="order")

        class Line(Base):
            __tablename__ = "lines"
            order_id: Mapped[int] = mapped_column(sa.ForeignKey(Order.id), primary_key=True)
            position: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
            order: Mapped["Order"] = orm.relationship(back_populates="lines")

        class Receipt(Base):
            __tablename__ = "receipts"
            id: orm.Mapped[intpk]
            order_id = mapped_column(sa.ForeignKey("orders.id"), unique=True)
            order = relationship("Order", back_populates="receipt")

        class Watch(Base):
            __table__ = sa.Table(
                "watches", Base.metadata,
                sa.Column("order_id", sa.ForeignKey("orders.id"), primary_key=True),
                sa.Column("customer_id", sa.ForeignKey("customers.id"), primary_key=True),
                sa.Column("since", sa.Date),
            )
        """,
    "modern/people.py": """
        from typing import List, Optional

        from sqlalchemy import ForeignKey, String
        from sqlalchemy.orm import Mapped, mapped_column, relationship, column_property

        from .base import Base, Plain, intpk
        from .shop import Order

        class Person(Base):
            __tablename__ = "people"
            id: Mapped[int] = mapped_column(primary_key=True)
            kind: Mapped[str]
            manager_id: Mapped[Optional[int]] = mapped_column(ForeignKey("people.id"))
            manager: Mapped[Optional["Person"]] = relationship(
                remote_side=[id], back_populates="reports"
            )
            reports: Mapped[List["Person"]] = relationship(back_populates="manager")
            __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}

        class Customer(Person):
            __tablename__ = "customers"
            id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
            nick: Mapped[Optional[str]] = mapped_column(String(20))
            orders: Mapped[List[Order]] = relationship(back_populates="customer")
            __mapper_args__ = {"polymorphic_identity": "customer"}

        class Manager(Person):
            bonus: Mapped[Optional[int]]
            __mapper_args__ = {"polymorphic_identity": "manager"}

        class Point(Plain):
            __tablename__ = "points"
            id: Mapped[int] = mapped_column(init=False, primary_key=True)
            x: Mapped[float] = mapped_column(default=0.0)
        """,
}

FLASK = {
    "site_/__init__.py": "",
    "site_/extensions.py": """
        from flask_sqlalchemy import SQLAlchemy

        db = SQLAlchemy(session_options={"autoflush": False})
        """,
    "site_/models.py": """
        from site_.extensions import db

        members = db.Table(
            "members",
            db.Column("user_id", db.Integer, db.ForeignKey("user.id")),
            db.Column("team_id", db.Integer, db.ForeignKey("teams.id")),
        )

        class Session(db.Model):
            id = db.Column(db.Integer, primary_key=True)
            user_id = db.Column(db.Integer, db.ForeignKey("user.id"), nullable=False)
            started = db.Column(db.DateTime)

        class User(db.Model):
            id = db.Column(db.Integer, primary_key=True)
            email = db.Column(db.String(100), unique=True)
            sessions = db.relationship("Session", backref=db.backref("user", lazy="joined"))
            logins = db.relationship("LoginAttempt", backref="user", lazy="dynamic")

        class LoginAttempt(db.Model):
            id = db.Column(db.BigInteger, primary_key=True)
            user_id = db.Column(db.Integer, db.ForeignKey("user.id"))

        class Team(db.Model):
            __tablename__ = "teams"
            id = db.Column(db.Integer, primary_key=True)
            users = db.relationship("User", secondary=members, backref="teams")

        class Admin(User):
            level = db.Column(db.SmallInteger)
        """,
}

SQLMODEL = {
    "heroes/__init__.py": "",
    "heroes/models.py": """
        import datetime
        import uuid
        from typing import ClassVar, List, Optional

        from sqlalchemy import Column, Text
        from sqlmodel import Field, Relationship, SQLModel

        class HeroBase(SQLModel):
            name: str = Field(index=True, unique=True, max_length=40)
            age: Optional[int] = None

        class Link(SQLModel, table=True):
            hero_id: Optional[int] = Field(default=None, foreign_key="hero.id", primary_key=True)
            power_id: Optional[int] = Field(default=None, foreign_key="power.id", primary_key=True)

        class Team(SQLModel, table=True):
            __tablename__ = "teams"
            id: Optional[int] = Field(default=None, primary_key=True)
            token: uuid.UUID = Field(default_factory=uuid.uuid4)
            heroes: List["Hero"] = Relationship(
                back_populates="team", sa_relationship_kwargs={"lazy": "selectin"}
            )

        class Power(SQLModel, table=True):
            id: Optional[int] = Field(default=None, primary_key=True)
            heroes: List["Hero"] = Relationship(back_populates="powers", link_model=Link)

        class Hero(HeroBase, table=True):
            kinds: ClassVar[list] = []
            id: Optional[int] = Field(default=None, primary_key=True)
            born: datetime.date
            story: str = Field(sa_column=Column(Text, nullable=False))
            team_id: Optional[int] = Field(default=None, foreign_key="teams.id")
            team: Optional[Team] = Relationship(back_populates="heroes")
            powers: List[Power] = Relationship(back_populates="heroes", link_model=Link)

        class HeroRead(HeroBase):
            id: int
        """,
}

IMPERATIVE = {
    "plain/__init__.py": "",
    "plain/mapping.py": """
        from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table
        from sqlalchemy.orm import registry, relationship

        mapper_registry = registry()
        metadata = mapper_registry.metadata
        boxes = Table(
            "boxes", metadata,
            Column("id", Integer, primary_key=True),
            Column("name", String(10)),
            schema="store",
        )
        things = Table(
            "things", metadata,
            Column("id", Integer, primary_key=True),
            Column("box_id", ForeignKey(boxes.c.id)),
        )

        class Box:
            pass

        class Thing:
            pass

        mapper_registry.map_imperatively(
            Box, boxes, properties={"things": relationship(Thing, back_populates="box")}
        )
        mapper_registry.map_imperatively(
            Thing, things, properties={"box": relationship(Box, back_populates="things")}
        )

        @mapper_registry.mapped
        class Shelf:
            __tablename__ = "shelves"
            __table_args__ = {"schema": "store"}
            id = Column(Integer, primary_key=True)
            box_id = Column(ForeignKey("store.boxes.id"))
            box = relationship(Box)

        Base = mapper_registry.generate_base()

        class Floor(Base):
            __tablename__ = "floors"
            id = Column(Integer, primary_key=True)
            shelf_id = Column(Integer, ForeignKey("store.shelves.id"))
            shelf = relationship(Shelf, backref="floors")
        """,
}

NAMED_AGAIN = {
    "again/__init__.py": "",
    "again/base.py": """
        from sqlalchemy import Column, Integer
        from sqlalchemy.orm import declarative_base

        class Base:
            id = Column(Integer, primary_key=True)

        Base = declarative_base(cls=Base)
        """,
    "again/models.py": """
        from sqlalchemy import Column, ForeignKey, Integer, String
        from sqlalchemy.orm import relationship
        from again.base import Base

        class Writer(Base):
            __tablename__ = "writer"
            name = Column(String(50), nullable=False)

        class Letter(Base):
            __tablename__ = "letter"
            writer_id = Column(Integer, ForeignKey("writer.id"))
            writer = relationship(Writer, backref="letters")
        """,
}

PROJECTS = {
    "declarative 1.4": DECLARATIVE_14,
    "a base named like its class": NAMED_AGAIN,
    "declarative 2.0": DECLARATIVE_20,
    "Flask-SQLAlchemy": FLASK,
    "SQLModel": SQLMODEL,
    "imperative": IMPERATIVE,
}
