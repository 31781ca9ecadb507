"""The findings of one renderer about one query, told as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from codemods.finding import Amount, Cost, Finding, Fix, Note, Part, Role, worst
from codemods.patch import AddKeyword, AddParameter, Patch, Replace
from codemods.source import Place

# Paths that a message names, and terms of a sum; of more the number is told.
_NAMED = 7


def together(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, where parts of a whole with equal claims are one.

    Those with a safe fix, those with one to review and those without stay apart.
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for number, finding in enumerate(findings):
        whole = finding.part.whole if finding.part else (number,)
        groups.setdefault((finding.code, finding.applicability, *whole), []).append(finding)
    told = [m[0] if len(m) == 1 else _whole(m) for m in groups.values()]
    yield from sorted(told, key=lambda f: (f.place, f.code, f.message))


def _whole(members: Sequence[Finding]) -> Finding:
    """Several findings as one; all of them have a fix, or none has."""
    parts = [finding.part for finding in members if finding.part]
    first, part = members[0], parts[0]
    fixes = [finding.fix for finding in members if finding.fix]
    number = f"{len(members)} relationships"
    names = [item.path for item in parts]
    more = [f"{len(names) - _NAMED} more"] if len(names) > _NAMED + 1 else []
    named = ", ".join(names[: _NAMED + 1 - len(more)] + more)
    conditions = worst(each for finding in members for each in finding.preconditions)
    title = f"Load {number} with the query of {part.rows}"
    fix = Fix(title, conditions, partial(patches_of, fixes)) if fixes else None
    return replace(
        first,
        message=f"{number} are loaded {part.trouble}: {named}",
        severity=min((f.severity for f in members), key=list(type(first.severity)).index),
        place=part.call,
        related=tuple(_notes(members, part)),
        cost=_cost(members, parts),
        fix=fix,
        preconditions=conditions,
    )


def _notes(members: Sequence[Finding], part: Part) -> Iterator[Note]:
    """What holds for all of them, and where each is read."""
    seen: dict[Note, int] = Counter(note for f in members for note in dict.fromkeys(f.related))
    for note, number in seen.items():
        shared = note.role is not Role.MODEL and number == len(members)
        if (shared or note.role is Role.LOOP) and note.place != part.call:
            yield note
    yield Note(Role.CALL, part.call, part.note)
    for finding in members:
        if finding.part:
            yield Note(Role.USE, finding.place, f"{finding.part.path} is read here")


def _cost(members: Sequence[Finding], parts: Sequence[Part]) -> Cost | None:
    costs = [finding.cost for finding in members if finding.cost]
    if len(costs) < len(members):
        return None
    often = Counter(part.term.names for part in parts)
    once = str(len({name for part in parts for name in part.once}))
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for part in parts:
        term = part.term
        name = term.longer if often[term.names] > 1 else term.names
        before[term.before.replace("{}", name)] += 1
        after.update([term.after.replace("{}", name)] if term.after else [])
    rows = " + ".join(dict.fromkeys(r for cost in costs for r in cost.before.rows.split(" + ")))
    later = Amount(_sum(once, after), rows) if all(cost.after for cost in costs) else None
    return Cost(Amount(_sum(once, before), rows), later)


def _sum(once: str, terms: Mapping[str, int]) -> str:
    """`2 + projects + 3·filters`"""
    told = [text if n == 1 else f"{n}·({text})" if " " in text else f"{n}·{text}"
            for text, n in terms.items()]  # fmt: skip
    if len(told) > _NAMED + 1:
        told[_NAMED:] = [f"{len(told) - _NAMED} more terms"]
    return " + ".join([once, *told])


def patches_of(fixes: Sequence[Fix]) -> tuple[Patch, ...]:
    """What all of the fixes change; one that cannot be had beside the first is left out."""
    made: dict[Patch, None] = {}
    claimed: dict[tuple[type, Place], Patch] = {}
    single = AddKeyword | AddParameter | Replace
    for fix in fixes:
        patches = fix.patches()
        claims = {(type(p), p.place): p for p in patches if isinstance(p, single)}
        if all(claimed.get(key, patch) == patch for key, patch in claims.items()):
            claimed |= claims
            made |= dict.fromkeys(patches)
    return tuple(made)
