"""A service asks one of several repositories for each order, which all have the same methods."""

from repositories import Repositories


class Labels:
    def __init__(self, repositories: Repositories) -> None:
        self._repositories = repositories

    def of_orders(self) -> list[str]:
        labels = []
        orders = self._repositories.orders.all()
        customers = self._repositories.customers.customers_by_id(
            [order.customer_id for order in orders]
        )
        for order in orders:
            customer = self._repositories.customers.get_by_id(
                order.customer_id, customers=customers
            )
            labels.append(f"{order.id} {customer.name if customer else ''}")
        return labels
