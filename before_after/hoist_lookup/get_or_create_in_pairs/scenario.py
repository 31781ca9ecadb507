from shop_typed.models import Customer, Tag

MODELS = "shop_typed"


def scenario(module, session):
    emails = [email for (email,) in session.query(Customer.email).order_by(Customer.id)]
    names = [name for (name,) in session.query(Tag.name).order_by(Tag.id)]
    return (
        module.import_customers(session, [*emails, "made", *emails[:1], "made"] if emails else []),
        module.tag_ids(session, [*names, "new", "new", *names[:2]] if names else []),
        module.new_tags(session, [*names, "new", "other", "other"] if names else []),
    )


def sizes(session):
    emails, names = session.query(Customer).count(), session.query(Tag).count()
    return {
        "emails": emails,
        "distinct_emails": emails,
        "names": names,
        "distinct_names": names,
    }


def statements(sizes):
    emails, names = sizes["emails"], sizes["names"]
    asked = emails + 3 * bool(emails) + names + 2 * bool(names) + min(names, 2)
    asked += names + 3 * bool(names)
    missing = 2 * bool(emails) + 2 * bool(names)
    return 2 + asked, 2 + bool(emails) + 2 * bool(names) + missing
