"""The helper does more than look up, answers something else, or the loop changes what it reads."""

import datetime

from shop.models import Country, Customer, Supplier

NAMES = {}


def logged(session, code):
    print(code)
    return session.query(Country.name).filter(Country.code == code).scalar()


def born_before(session):
    today = datetime.date.today()
    return session.query(Customer.name).filter(Customer.birthday < today).order_by(Customer.id).first()


def kept(session, code):
    if code in NAMES:
        return NAMES[code]
    return session.query(Country.name).filter(Country.code == code).scalar()


def texts(session, names: list[str]):
    found = []
    for name in names:
        found.append((name, logged(session, "NO"), born_before(session)))
        NAMES["NO"] = name
        found.append((name, kept(session, "NO")))
    return found


class Cities:
    def __init__(self, session):
        self.session = session
        self.city = "Oslo"

    def key(self, name):
        return self.session.query(Supplier.id).filter_by(name=name, city=self.city).scalar()

    def keys(self, cities: list[str], name):
        found = []
        for city in cities:
            self.city = city
            found.append(self.key(name))
        return found


def written(session, countries: list[Country]):
    found = []
    for country in countries:
        country.name = country.name.upper()
        found.append(country_name(session, "NO"))
    return found


def country_name(session, code):
    return session.query(Country.name).filter(Country.code == code).scalar()
