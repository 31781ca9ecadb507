"""Another style: two spaces, single quotes, CRLF, and comments in the way."""
from shop.models import Review


def summary(session, product_id):
  reviews = (  # newest first
    session.query(Review)
    .filter(Review.product_id >= product_id,  # from this product on
            Review.rating >= 3)
    .order_by(Review.id.desc())
    .all()
  )
  # how many there are
  count = len(reviews)
  return {'count': count, 'any': count > 0}
