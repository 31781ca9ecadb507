"""The country that all prices are for is fetched again for each of them."""

from shop.models import Country


def labels(session, prices, code):
    result = []
    prices = list(prices)
    if prices:
        country = session.query(Country).filter(Country.code == code).one()
    for price in prices:
        result.append("%s (%s)" % (price, country.name))
    return result
