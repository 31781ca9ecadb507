"""The words of `filter_by()`, in statements that they would be ambiguous in."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.orm.query_code import Unwritable
from codemods.patch import Code, Copied, Hole

if TYPE_CHECKING:
    from codemods.orm.requery import Requery


def compared(requery: Requery, word: ast.keyword) -> Code:
    """A word of `filter_by()` as a condition that names its class.

    Raises:
        Unwritable: where it is not known which column the word means.
    """
    own = (each for each in requery.lookup.query.predicates if each.node is word.value)
    predicate = next(own, None)
    if predicate is None or predicate.model is None or predicate.alias or word.arg is None:
        raise Unwritable("it is not seen here what filter_by() is given", requery.place)
    value = word.value
    column = Code.of(f"{requery.named(predicate.model)}.{word.arg}")
    match value:
        case ast.Constant(value=None):
            return Code.of("{column}.is_(None)", column=column)
        case ast.Constant(value=bool() as truth):
            if predicate.column is None or predicate.column.python != "bool":
                raise Unwritable("a truth value is compared with what is none", requery.place)
            return column if truth else Code.of("~{column}", column=column)
    return Code.of("{column} == {value}", column=column, value=given(requery, value))


def given(requery: Requery, value: ast.expr) -> Hole:
    """What a condition compares with; a constant may stand in another function."""
    if requery.anew is not None and isinstance(value, ast.Constant):
        return Code.of(ast.unparse(value).replace("{", "{{").replace("}", "}}"))
    return Copied(requery.scope.place(value))
