"""A service asks one of several repositories for each order, which all have the same methods."""

from repositories import Repositories


class Labels:
    def __init__(self, repositories: Repositories) -> None:
        self._repositories = repositories

    def of_orders(self) -> list[str]:
        labels = []
        for order in self._repositories.orders.all():
            customer = self._repositories.customers.get_by_id(order.customer_id)
            labels.append(f"{order.id} {customer.name if customer else ''}")
        return labels
