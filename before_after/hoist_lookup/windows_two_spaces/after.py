"""A Windows file with two spaces and single quotes."""
from shop.models import Country, Customer


def _chunks(keys, size=500):
  """Lists of at most `size` different keys."""
  different = list(dict.fromkeys(keys))
  for start in range(0, len(different), size):
    yield different[start : start + size]


def countries(session):
  names = {}
  customers = session.query(Customer).order_by(Customer.id).all()
  countries_by_code = {}
  for codes in _chunks(
    customer.country_code
    for customer in customers
    if customer.country_code is not None
  ):
    for country in session.query(Country).filter(Country.code.in_(codes)):
      countries_by_code[country.code] = country
  for customer in customers:
    # customers without a country come from nowhere
    country = countries_by_code.get(customer.country_code)  # by its code
    names[customer.email] = country.name if country else 'nowhere'
  return names
