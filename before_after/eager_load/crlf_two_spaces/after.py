'''Each review's product, in a file with its own style.'''
from sqlalchemy.orm import selectinload

from shop.models import Review

def products(session, minimum):
  found = session.query(Review)\
    .options(selectinload(Review.product))\
    .filter(Review.rating >= minimum)\
    .order_by(Review.id).limit(40).all()
  return [{'sku': review.product.sku, 'rating': review.rating} for review in found]
