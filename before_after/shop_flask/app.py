"""The application factory."""

from flask import Flask

from shop_flask.models import db


def create_app(database_uri):
    app = Flask("shop_flask")
    app.config["SQLALCHEMY_DATABASE_URI"] = database_uri
    db.init_app(app)
    return app
