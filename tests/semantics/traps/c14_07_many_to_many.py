"""The rows are found through a table in between, which has the key."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import Session, declarative_base, relationship

TRAP = {
    "codemod": 14,
    "title": "a dynamic many-to-many: the key is not on the related row",
    "verdict": "care",
    "differs": "result",
}

Base = declarative_base()

blog_tag = Table(
    "blog_tag",
    Base.metadata,
    Column("blog_id", ForeignKey("blog.id"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id"), primary_key=True),
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
    tags = [Tag(id=i, name="t%d" % i) for i in range(1, 4)]
    session.add_all(tags)
    for i in range(1, 5):
        blog = Blog(id=i)
        session.add(blog)
        for tag in tags[: i - 1]:
            blog.tags.append(tag)


inputs = [()]


def before(session: Session):
    blogs = session.query(Blog).order_by(Blog.id).all()
    return [(blog.id, sorted(tag.name for tag in blog.tags)) for blog in blogs]


def naive(session: Session):
    blogs = session.query(Blog).order_by(Blog.id).all()
    tags = [tag.name for tag in session.query(Tag).order_by(Tag.name)]
    return [(blog.id, tags) for blog in blogs]


def correct(session: Session):
    blogs = session.query(Blog).order_by(Blog.id).all()
    tags = {}
    for blog_id, tag in session.query(Blog.id, Tag).select_from(Blog).join(Blog.tags):
        tags.setdefault(blog_id, []).append(tag.name)
    return [(blog.id, sorted(tags.get(blog.id, []))) for blog in blogs]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
