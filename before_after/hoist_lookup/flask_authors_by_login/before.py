"""Authors are looked up by login through the query attribute of the model."""

from shop_flask.models import Author


def known_logins(logins: list[str]) -> list:
    found = []
    for login in logins:
        author = Author.query.filter_by(login=login).one_or_none()
        if author is not None:
            found.append((login, author.id))
    return found
