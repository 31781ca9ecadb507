"""Findings with the same ends, which several functions bring together, are one finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from codemods.finding import Finding, Note, Role, worst
from codemods.source import Place
from codemods.together import patches_of

# Callers that are shown; of more the number is told.
_SHOWN = 3


def in_order(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings by file, place and code; those with the same ends, and claims, are one.

    The fix of one that several functions bring together changes what all of them need. Of what
    only tests bring about in the code that they test, the first is told, if nothing else is.
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    found = sorted(findings, key=order)
    known = {(finding.code, finding.place) for finding in found if not _of_one_class(finding)}
    used = {(f.code, f.place) for f in found if not f.tested and not _of_one_class(f)}
    for finding in found:
        places = (finding.place, *(note.place for note in _calls(finding)))
        if _of_one_class(finding) and any((finding.code, place) in known for place in places):
            continue
        if finding.tested:
            if (finding.code, finding.place) in used:
                continue
            used.add((finding.code, finding.place))
        members = groups.setdefault(_ends(finding), [])
        if finding not in members:
            members.append(finding)
    for members in groups.values():
        yield from _united(members)


def order(finding: Finding) -> tuple[Place, str, str]:
    """Where it stands in a list of findings."""
    return finding.place, finding.code, finding.message


def _of_one_class(finding: Finding) -> bool:
    """True for what a class does in a loop that it inherits, which who calls it may tell better."""
    return any(condition.name == "one-class" for condition in finding.preconditions)


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
        conditions = worst(each for fix in fixes for each in fix.preconditions)
        fix = replace(fix, preconditions=conditions, patches=lambda: patches_of(fixes))
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
