'''Two-space indentation and Windows newlines; the helper takes whatever else it is given.'''

from shop.models import Category, Product


def _chunks(keys, size=500):
  """Lists of at most `size` different keys."""
  different = list(dict.fromkeys(keys))
  for start in range(0, len(different), size):
    yield different[start : start + size]


def category_slugs_by_id(session, products):
  """Fetch what category_slug() looks up for all of these products."""
  category_slugs = {}
  for ids in _chunks(
    product.category_id for product in products if product.category_id is not None
  ):
    for category in session.query(Category.slug, Category.id).filter(Category.id.in_(ids)):
      category_slugs[category.id] = category.slug
  return category_slugs


def category_slug(session, product, *rest, default='none', category_slugs=None, **options):
  if category_slugs is None:
    category_slugs = category_slugs_by_id(session, [product])
  slug = category_slugs.get(product.category_id)
  return slug or options.get('fallback') or default


def slugs(session):
  found = []
  products = session.query(Product).order_by(Product.sku).all()
  category_slugs = category_slugs_by_id(session, products)
  for product in products:
    found += [
      product.sku,
      category_slug(session, product, default='-', category_slugs=category_slugs),
    ]
  return found
