"""MN307 subquery-instead-of-ids."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.finding import Amount, Cost, Finding, Fix, Role, Severity, Status
from codemods.orm.id_lists import id_lists
from codemods.orm.in_subqueries import child_tests, not_in_nulls
from codemods.orm.naming import plural, snake, words
from codemods.orm.rows_with_children import kept_for_child
from codemods.orm.scope import Scope
from codemods.rule import Default, rule


@rule("MN307", Default.REVIEW)
def subquery_instead_of_ids(scope: Scope) -> Iterator[Finding]:
    """Let the database pick the keys that a list carries from one query to the next.

    ## What it does
    Finds `ids = [order.id for order in query]` where the list is only used in one `.in_(ids)`, and
    puts the query itself there: `.in_(session.query(Order.id).filter(…))`. Reported without a fix
    are loops that keep the rows that have a child, or none, `[order for order in orders if
    order.lines]`, of which `.filter(Order.lines.any())` is the database's way. An `in_()` with
    DISTINCT that asks whether a row has a child, `Order.id.in_(select(OrderLine.order_id)
    .distinct())`, becomes the test that it is, `Order.lines.any()`. Reported are `not_in()` and
    `~in_()` of a subquery whose column may be NULL.

    ## Why
    The keys travel to the program and back, one bound parameter each, of which a driver takes so
    many and no more; and whole rows are loaded where `order.id` is all that is read of them.
    EXISTS stops at the first child and needs no DISTINCT. With one NULL among them, NOT IN is true
    of no row at all: the query finds nothing, and nothing says so.

    ## Left alone
    Lists that anything else reads, be it `if not ids:`; `not_in()`; DELETE and UPDATE; queries with
    something written between them, of two sessions, or of a loop that the list stands outside of.
    No fix where the types of the two columns differ, or a table is in both queries, which would tie
    the subquery to the other one. `in_()` of a subquery with joins, groups or a LIMIT, of one that
    is a variable, and of one that no relationship stands for. Most databases plan IN and EXISTS
    alike. All fixes are for review.

    ## Cost
    `2` statements become `1`; `in_()` of a subquery is one statement before and after.
    """
    for found in id_lists(scope):
        conditions = found.preconditions
        possible = all(p.status is not Status.REFUTED for p in conditions)
        things = plural(snake(found.model.name))
        yield Finding(
            code="MN307",
            name="subquery-instead-of-ids",
            message=f"{found.name} is fetched only for the in_() of another query",
            severity=Severity.MEDIUM,
            place=scope.place(found.first.expression),
            function=scope.name,
            related=(scope.note(Role.USE, found.read, f"{found.name} is used here"),),
            cost=Cost(Amount("2", things), Amount("1", "0") if possible else None),
            fix=(
                Fix("Put the query into the in_()", conditions, found.patches) if possible else None
            ),
            preconditions=conditions,
        )
    for kept in kept_for_child(scope):
        rows = words(plural(snake(kept.read.step.model.name)))
        yield Finding(
            code="MN307",
            name="subquery-instead-of-ids",
            message=f"all {rows} are loaded to keep those {kept.message}",
            severity=Severity.LOW,
            place=scope.place(kept.test),
            function=scope.name,
            preconditions=(kept.moved_by_hand(scope),),
        )
    for test in child_tests(scope):
        yield Finding(
            code="MN307",
            name="subquery-instead-of-ids",
            message=(
                f"every {test.child.name}.{test.column.name} is listed to test for one, which "
                f"{test.label}.any() asks"
            ),
            severity=Severity.LOW,
            place=scope.place(test.node),
            function=scope.name,
            cost=test.cost,
            fix=Fix(f"Ask with {test.label}.any()", test.preconditions, test.patches),
            preconditions=test.preconditions,
        )
    for listed in not_in_nulls(scope):
        yield Finding(
            code="MN307",
            name="subquery-instead-of-ids",
            message=(
                f"this finds no row at all as soon as one {listed.label} is NULL, which NOT IN "
                "compares with each: leave NULL out of the subquery, or ask with ~exists()"
            ),
            severity=Severity.LOW,
            place=scope.place(listed.node),
            function=scope.name,
            preconditions=(listed.problem(scope),),
        )
