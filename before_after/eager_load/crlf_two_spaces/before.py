'''Each review's product, in a file with its own style.'''
from shop.models import Review

def products(session, minimum):
  found = session.query(Review).filter(Review.rating >= minimum)\
    .order_by(Review.id).limit(40).all()
  return [{'sku': review.product.sku, 'rating': review.rating} for review in found]
