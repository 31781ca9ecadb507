"""Async code asks for the dearest product for each entry of each price list."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import PriceListEntry, Product


class Comparison:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def compare(self, codes: list) -> list:
        found = []
        entries = (
            (await self.session.execute(select(PriceListEntry).order_by(PriceListEntry.product_id)))
            .scalars()
            .all()
            if codes
            else []
        )
        dearest = (
            (
                await self.session.execute(select(func.max(Product.price)).select_from(Product))
            ).scalar()
            if codes
            else None
        )
        for code in codes:
            for entry in entries:
                if entry.list_code == code:
                    found.append((code, entry.product_id, entry.price == dearest))
        return found
