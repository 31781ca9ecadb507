"""Two spaces, CRLF, single quotes, no final newline: a file that black would change."""
import sqlalchemy as sa
from shop.models import Payment

def numbers( session,method ):
  cash=session.query(sa.func.count(Payment.id)).filter(Payment.method=='cash').scalar()
  if method:
    print( 'asked for '+method )
  chosen=session.query(sa.func.count(Payment.id)).filter(Payment.method==method, Payment.amount>1).scalar() ; last=session.query(sa.func.max(Payment.paid_at)).scalar()
  return [cash,chosen,last]