"""Two spaces, CRLF, single quotes, no final newline: a file that black would change."""
import sqlalchemy as sa
from shop.models import Payment

def numbers( session,method ):
  cash, chosen, last = session.query(
    sa.func.count(sa.case((Payment.method=='cash', 1))),
    sa.func.count(sa.case((sa.and_(Payment.method==method, Payment.amount>1), 1))),
    sa.func.max(Payment.paid_at),
  ).one()
  if method:
    print( 'asked for '+method )
  return [cash,chosen,last]