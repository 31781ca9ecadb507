"""The query and its loop call a function of the caller for each row."""

from walking import each_review


def authors_of_reviews(session):
    authors = {}

    def note(review):
        customer = review.customer
        if customer is not None:
            authors.setdefault(customer.name, []).append(review.id)

    count = each_review(session, note)
    return count, authors
