"""Another style: two spaces, single quotes, CRLF, and comments in the way."""
from shop.models import Review


def summary(session, product_id):
  # newest first
  count = (session.query(Review)
    .filter(Review.product_id >= product_id,  # from this product on
            Review.rating >= 3).count())
  # how many there are
  return {'count': count, 'any': count > 0}
