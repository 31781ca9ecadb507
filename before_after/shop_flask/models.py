"""The models of the Flask shop."""

from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()

post_labels = db.Table(
    "post_labels",
    db.Column("post_id", db.ForeignKey("posts.id"), primary_key=True),
    db.Column("label_id", db.ForeignKey("labels.id"), primary_key=True),
)


class Author(db.Model):
    __tablename__ = "authors"

    id = db.Column(db.Integer, primary_key=True)
    login = db.Column(db.String(50), nullable=False, unique=True)
    posts = db.relationship("Post", back_populates="author", order_by="Post.id")


class Label(db.Model):
    __tablename__ = "labels"

    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(50), nullable=False, unique=True)


class Post(db.Model):
    __tablename__ = "posts"

    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(50), nullable=False)
    published = db.Column(db.Boolean)
    score = db.Column(db.Integer)
    author_id = db.Column(db.ForeignKey("authors.id"))

    author = db.relationship("Author", back_populates="posts")
    labels = db.relationship("Label", secondary=post_labels, order_by="Label.id")
    comments = db.relationship("Comment", backref="post", order_by="Comment.id")


class Comment(db.Model):
    __tablename__ = "comments"

    id = db.Column(db.Integer, primary_key=True)
    post_id = db.Column(db.ForeignKey("posts.id"), nullable=False)
    author_id = db.Column(db.ForeignKey("authors.id"))
    text = db.Column(db.Text, nullable=False)

    author = db.relationship("Author")
