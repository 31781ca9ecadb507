"""The access list of each page is asked for, by names that two stars import."""

from pages import *
from queries import *


def readable(session, login):
    titles = []
    for page in all_pages(session):
        if ("Allow", login, "read") in page.__acl__():
            titles.append(page.title)
    return titles
