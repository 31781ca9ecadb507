"""A table in between names a tag twice, and leads nowhere once."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, func
from sqlalchemy.orm import Session, declarative_base, relationship

TRAP = {
    "codemod": 14,
    "title": "blog.tags.count() of a dynamic many-to-many: a tag that is named twice counts twice",
    "verdict": "care",
    "differs": "result",
}

Base = declarative_base()

blog_tag = Table(
    "blog_tag",
    Base.metadata,
    Column("blog_id", ForeignKey("blog.id")),
    Column("tag_id", ForeignKey("tag.id")),
)


class Blog(Base):
    __tablename__ = "blog"
    id = Column(Integer, primary_key=True)
    tags = relationship("Tag", secondary=blog_tag, lazy="dynamic")


class Tag(Base):
    __tablename__ = "tag"
    id = Column(Integer, primary_key=True)
    name = Column(String(10))


def seed(session):
    session.add_all(Tag(id=i, name="t%d" % i) for i in range(1, 4))
    session.add_all(Blog(id=i) for i in range(1, 5))
    session.flush()
    pairs = [(1, 1), (1, 1), (1, None), (2, 1), (2, 2), (3, 3)]
    rows = [{"blog_id": blog, "tag_id": tag} for blog, tag in pairs]
    session.execute(blog_tag.insert(), rows)


inputs = [()]


def before(session: Session):
    blogs = session.query(Blog).order_by(Blog.id).all()
    return [(blog.id, blog.tags.count(), blog.tags.filter_by(name="t1").count()) for blog in blogs]


def naive(session: Session):
    counts = dict(session.query(blog_tag.c.blog_id, func.count()).group_by(blog_tag.c.blog_id).all())
    blogs = session.query(Blog).order_by(Blog.id).all()
    return [(blog.id, counts.get(blog.id, 0), blog.tags.filter_by(name="t1").count()) for blog in blogs]


def correct(session: Session):
    query = session.query(Blog.id, func.count()).select_from(Blog).join(Blog.tags)
    counts = dict(query.group_by(Blog.id).all())
    first = dict(query.filter(Tag.name == "t1").group_by(Blog.id).all())
    blogs = session.query(Blog).order_by(Blog.id).all()
    return [(blog.id, counts.get(blog.id, 0), first.get(blog.id, 0)) for blog in blogs]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
