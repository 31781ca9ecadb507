"""A Windows file with two spaces and single quotes."""
from shop.models import Country, Customer


def countries(session):
  names = {}
  for customer in session.query(Customer).order_by(Customer.id).all():
    # customers without a country come from nowhere
    country = session.query(Country).get(customer.country_code)  # by its code
    names[customer.email] = country.name if country else 'nowhere'
  return names
