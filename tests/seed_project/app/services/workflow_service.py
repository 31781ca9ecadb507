from sqlalchemy.orm import Session

from app.models import Test


def get_retest_chain(db: Session, tid) -> list[Test]:
    test = db.query(Test).filter(Test.id == tid).first()
    original_id = test.retest_of or test.id
    original = db.query(Test).filter(Test.id == original_id).first()
    retests = db.query(Test).filter(Test.retest_of == original_id).order_by(Test.created_at).all()
    return [original, *retests]
