"""Who may see what."""


class OrderPolicy:
    def __init__(self, login):
        self.login = login

    def allows(self, order):
        owner = order.customer
        return owner is not None and (owner.vip or self.login in owner.email)


def has_permission(login, row):
    return OrderPolicy(login).allows(row)
