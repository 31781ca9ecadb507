"""What the query asks for comes from a package, which says something else each time."""

import subprocess
from http.client import HTTPConnection

from shop.models import Order


def by_a_command(session, numbers: list[str]):
    found = []
    for number in numbers:
        wanted = session.query(Order).filter(Order.number == subprocess.getoutput("date"))
        found.append((number, wanted.count()))
    return found


def by_a_server(session, numbers: list[str]):
    server = HTTPConnection("localhost")
    found = []
    for number in numbers:
        wanted = session.query(Order).filter(Order.number == server.getresponse().get("now"))
        found.append((number, wanted.count()))
    return found
