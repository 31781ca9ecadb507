"""Findings with the same ends, which several functions bring together, are one finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from codemods.finding import Finding, Fix, Note, Precondition, Role, Status
from codemods.patch import AddParameter, Patch, Replace
from codemods.source import Place

# Callers that are shown; of more the number is told.
_SHOWN = 3
_WORST = (Status.REFUTED, Status.UNKNOWN, Status.PROVEN)


def in_order(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings by file, place and code; those with the same ends, and claims, are one.

    The fix of one that several functions bring together changes what all of them need.
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: (f.place, f.code, f.message)):
        members = groups.setdefault(_ends(finding), [])
        if finding not in members:
            members.append(finding)
    for members in groups.values():
        yield from _united(members)


def _ends(finding: Finding) -> tuple[object, ...]:
    """What makes two findings one: the use, the query and the loop, and how far a fix is sure."""
    roles = (Role.QUERY, Role.LOOP)
    ends = frozenset((n.role, n.place) for n in finding.related if n.role in roles)
    return (finding.code, finding.place, finding.message, finding.applicability, ends)


def _united(members: Sequence[Finding]) -> Iterator[Finding]:
    if len(members) == 1 or not any(_calls(finding) for finding in members):
        yield from members
        return
    # the shortest way shows best
    first, *others = sorted(members, key=_length)
    fix = first.fix
    if fix is not None:
        fixes = [finding.fix for finding in (first, *others) if finding.fix is not None]
        fix = replace(fix, preconditions=_worst(fixes), patches=lambda: _patches(fixes))
    yield replace(
        first,
        related=(*first.related, *_also(others)),
        fix=fix,
        preconditions=fix.preconditions if fix else first.preconditions,
    )


def _length(finding: Finding) -> tuple[int, str, list[Place]]:
    calls = _calls(finding)
    return len(calls), finding.function or "", [note.place for note in calls]


def _calls(finding: Finding) -> list[Note]:
    return [note for note in finding.related if note.role is Role.CALL]


def _also(others: Sequence[Finding]) -> Iterator[Note]:
    """The other functions that bring the ends together, a few of them by name."""
    seen: dict[str, Place] = {}
    for finding in others:
        calls = _calls(finding)
        if calls:
            seen.setdefault(finding.function or calls[0].place.path.stem, calls[0].place)
    for number, (name, place) in enumerate(seen.items()):
        if number == _SHOWN:
            yield Note(Role.CALL, place, f"and from {len(seen) - _SHOWN} more functions")
            return
        yield Note(Role.CALL, place, f"also reached from {name}")


def _worst(fixes: Sequence[Fix]) -> tuple[Precondition, ...]:
    """Every condition once, as the caller has it that fulfils it worst."""
    found: dict[str, Precondition] = {}
    for fix in fixes:
        for condition in fix.preconditions:
            known = found.get(condition.name)
            if known is None or _WORST.index(condition.status) < _WORST.index(known.status):
                found[condition.name] = condition
    return tuple(found.values())


def _patches(fixes: Sequence[Fix]) -> tuple[Patch, ...]:
    """What all of the fixes change; one that cannot be had beside the first is left out."""
    made: dict[Patch, None] = {}
    claimed: dict[tuple[type, Place], Patch] = {}
    for fix in fixes:
        patches = fix.patches()
        claims = {(type(p), p.place): p for p in patches if isinstance(p, AddParameter | Replace)}
        if all(claimed.get(key, patch) == patch for key, patch in claims.items()):
            claimed |= claims
            made |= dict.fromkeys(patches)
    return tuple(made)
