"""Relationships: what they point to, in which direction, over which columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from codemods.facts.symbols import (
    Call,
    Constant,
    Lambda,
    Name,
    Pairs,
    Symbol,
    text_of,
    truth_of,
)
from codemods.facts.values import ModuleFacts
from codemods.project.arguments import (
    attribute_of,
    backref_of,
    dotted_names,
    is_given,
    marked,
    sorted_by,
    sorted_down,
)
from codemods.project.classes import Classes
from codemods.project.declared import RawRelationship
from codemods.project.drafts import Draft
from codemods.project.links import Links
from codemods.project.model import Direction, Relationship

INVERSE: dict[Direction | None, Direction | None] = {
    "many-to-one": "one-to-many",
    "one-to-many": "many-to-one",
    "many-to-many": "many-to-many",
    None: None,
}
_LOADED = {True: "select", False: "joined", None: "noload"}
_ANNOTATED = {"DynamicMapped": "dynamic", "WriteOnlyMapped": "write_only"}


@dataclass(slots=True)
class _Ends:
    """Attribute names that an expression mentions, by the side that has them."""

    owner: set[str] = field(default_factory=set)
    target: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.owner or self.target)


class Relations:
    """Links the relationships of all drafts; call `link` once, when all columns are known."""

    def __init__(self, classes: Classes, drafts: Mapping[str, Draft]) -> None:
        self.classes = classes
        self.drafts = drafts
        self.links = Links(classes, drafts)
        self.by_name: dict[str, list[Draft]] = {}
        self.tables = {(draft.root, draft.table) for draft in drafts.values()}
        for draft in drafts.values():
            self.by_name.setdefault(draft.name, []).append(draft)

    def link(self) -> None:
        for draft in self.drafts.values():
            for raw in draft.raw.values():
                draft.own_relationships[raw.name] = self._relationship(draft, raw)
        for draft in self.drafts.values():
            for raw in draft.raw.values():
                self._backref(draft, raw, draft.own_relationships[raw.name])
        for draft in self.drafts.values():
            for name, relationship in draft.own_relationships.items():
                if relationship.direction is None:
                    draft.own_relationships[name] = self._from_other_side(relationship)

    # -- targets

    def target(self, draft: Draft, raw: RawRelationship) -> Draft | None:
        written = raw.call.argument(0, "argument")
        if written is not None and not isinstance(written, Constant | Name | Lambda):
            return None
        if isinstance(written, Lambda):
            written = written.body
        if isinstance(written, Name):
            return self._named(raw.facts, written.dotted, draft)
        text = text_of(written)
        if text is not None:
            return self._registered(text, draft)
        if raw.hint.name is not None:
            return self._named(raw.hint.facts, raw.hint.name, draft)
        return None

    def _named(self, facts: ModuleFacts, dotted: str, draft: Draft) -> Draft | None:
        full = self.classes.resolve(facts, dotted, draft.qualname)
        if full is not None:
            found = self.drafts.get(full)
            if found is not None:
                return found
            if full in self.classes.all:
                return None
        return self._registered(dotted, draft)

    def _registered(self, text: str, draft: Draft) -> Draft | None:
        """The mapped class that a string names: by class name, or by the end of a full name."""
        text = text.strip()
        found = self.by_name.get(text.rpartition(".")[2], [])
        if "." in text:
            found = [
                item
                for item in found
                if item.full_name == text or item.full_name.endswith(f".{text}")
            ]
        for same in (
            [item for item in found if item.root == draft.root],
            [item for item in found if item.facts is draft.facts],
        ):
            if len(found) > 1 and same:
                found = same
        return found[0] if len(found) == 1 else None

    # -- one relationship

    def _relationship(self, draft: Draft, raw: RawRelationship) -> Relationship:
        raw = _plain(raw)
        call = raw.call
        target = self.target(draft, raw)
        secondary = is_given(call, "secondary") or len(call.arguments) > 1
        annotated = raw.hint.wrapper in ("Mapped", *_ANNOTATED) or call.func.endswith(
            "Relationship"
        )
        uselist = self._uselist(raw, annotated)
        direction: Direction | None = None
        keys: tuple[str, ...] = ()
        remote: tuple[str, ...] = ()
        if secondary:
            direction = "many-to-many"
        elif target is not None:
            direction, keys, remote = self._direction(draft, target, raw, uselist)
        if uselist is None and direction is not None:
            uselist = direction != "many-to-one"
        return Relationship(
            name=raw.name,
            place=raw.place,
            owner=draft.full_name,
            target=None if target is None else target.full_name,
            direction=direction,
            uselist=uselist,
            lazy=_ANNOTATED.get(raw.hint.wrapper) or self._lazy(raw.facts, call, raw.dynamic),
            secondary=secondary,
            told_apart=not secondary or self.links.told_apart(draft, raw),
            viewonly=truth_of(call.keyword("viewonly"), False) is not False,
            ordered=is_given(call, "order_by"),
            order_by=sorted_by(target, call.keyword("order_by")),
            descending=sorted_down(target, call.keyword("order_by")),
            query_class=is_given(call, "query_class"),
            innerjoin=is_given(call, "innerjoin"),
            custom_join=call.open
            or is_given(call, "primaryjoin")
            or is_given(call, "secondaryjoin"),
            keys=keys,
            remote_keys=remote,
            back_populates=text_of(call.keyword("back_populates")) or backref_of(call)[0],
        )

    def _uselist(self, raw: RawRelationship, annotated: bool) -> bool | None:
        given = raw.call.keyword("uselist")
        if given is not None:
            return truth_of(given, True)
        if raw.dynamic or raw.hint.wrapper in _ANNOTATED:
            return True
        if raw.call.keyword("collection_class") is not None:
            return True
        if annotated and (raw.hint.name is not None or raw.hint.collection is not None):
            return raw.hint.collection is not None
        return None

    def _lazy(self, facts: ModuleFacts, call: Call, dynamic: bool) -> str | None:
        given = call.keyword("lazy")
        if given is None:
            if dynamic:
                return "dynamic"
            return None if call.open else "select"
        if isinstance(given, Name):
            full = self.classes.linker.resolve(facts, given.dotted)
            value = None if full is None else self.classes.value(full)
            given = value.value if value is not None else None
        if not isinstance(given, Constant):
            return None
        if isinstance(given.value, str):
            return given.value
        return _LOADED[given.value] if isinstance(given.value, bool | None) else None

    def _direction(
        self, draft: Draft, target: Draft, raw: RawRelationship, uselist: bool | None
    ) -> tuple[Direction | None, tuple[str, ...], tuple[str, ...]]:
        here = self.references(draft, target)
        there = self.references(target, draft)
        foreign = self._mentioned(draft, target, raw, self._foreign(raw.call))
        if foreign:
            here = {name: here.get(name, "") for name in sorted(foreign.owner)}
            there = {name: there.get(name, "") for name in sorted(foreign.target)}
        else:
            joined = self._mentioned(draft, target, raw, [raw.call.keyword("primaryjoin")])
            if joined:
                here = {name: key for name, key in here.items() if name in joined.owner}
                there = {name: key for name, key in there.items() if name in joined.target}
        if set(draft.tables) & set(target.tables) and here.keys() & there.keys():
            return self._recursive(draft, target, raw, here)
        if here and there:
            if uselist:
                return "one-to-many", (), _keys(there)
            return None, (), ()
        if here:
            return "many-to-one", _keys(here), ()
        if there or uselist:
            return "one-to-many", (), _keys(there)
        return None, (), ()

    def _recursive(
        self, draft: Draft, target: Draft, raw: RawRelationship, here: dict[str, str]
    ) -> tuple[Direction | None, tuple[str, ...], tuple[str, ...]]:
        """A table that refers to itself: many-to-one if the far side is what is referred to."""
        given = [raw.call.keyword("remote_side"), *marked(raw.call, "remote")]
        if not any(part is not None for part in given):
            return "one-to-many", (), _keys(here)
        remote = self._mentioned(draft, target, raw, given)
        names = remote.owner | remote.target
        if not names:
            return None, (), ()
        if names & here.keys():
            return "one-to-many", (), _keys(here)
        return "many-to-one", _keys(here), ()

    def references(self, draft: Draft, target: Draft) -> dict[str, str]:
        """The attributes whose foreign key is a column of the target's tables, with its name."""
        found = {}
        for name, column in draft.columns.items():
            if column.foreign_key is not None:
                table, _, key = column.foreign_key.rpartition(".")
                if table in target.tables or self._may_be(table, target):
                    found[name] = key
        return found

    def _may_be(self, table: str, target: Draft) -> bool:
        """True for a table that no model of this base is known to have, if the target's name or
        schema is computed and could be this."""
        if (target.root, table) in self.tables:
            return False
        bare = table.rpartition(".")[2]
        for name in (target.full_name, *target.parents):
            draft = self.drafts[name]
            if draft.table is None:
                plain = bare.replace("_", "").lower()
                if plain in (draft.name.lower(), f"{draft.name.lower()}s"):
                    return True
            elif draft.table == bare:
                return True
        return False

    # -- expressions that name columns

    def _foreign(self, call: Call) -> list[Symbol | None]:
        return [call.keyword("foreign_keys"), *marked(call, "foreign")]

    def _mentioned(
        self,
        draft: Draft,
        target: Draft,
        raw: RawRelationship,
        expressions: Iterable[Symbol | None],
    ) -> _Ends:
        ends = _Ends()
        for expression in expressions:
            for dotted in dotted_names(expression):
                prefix, _, name = dotted.rpartition(".")
                if not prefix or prefix == "cls":
                    ends.owner.add(attribute_of(draft, name))
                    continue
                full = self.classes.resolve(raw.facts, prefix.removesuffix(".c"), draft.qualname)
                for end, names in ((draft, ends.owner), (target, ends.target)):
                    if self._is_side(end, full, prefix):
                        names.add(attribute_of(end, name))
        return ends

    def _is_side(self, end: Draft, full: str | None, prefix: str) -> bool:
        if full is not None and full in end.order:
            return True
        if prefix.endswith(".c"):
            value = None if full is None else self.classes.value(full)
            made = value.value if value is not None else None
            return isinstance(made, Call) and text_of(made.argument(0, "name")) == end.table
        last = prefix.rpartition(".")[2]
        return (full is None or full not in self.drafts) and (
            last == end.name or any(parent.endswith(f".{last}") for parent in end.parents)
        )

    # -- the other side

    def _backref(self, draft: Draft, raw: RawRelationship, made: Relationship) -> None:
        name, options = backref_of(_plain(raw).call)
        target = self.drafts.get(made.target or "")
        if name is None or target is None or name in target.own_relationships:
            return
        direction = INVERSE[made.direction]
        uselist = truth_of(options.keyword("uselist"), True)
        if options.keyword("uselist") is None:
            uselist = None if direction is None else direction != "many-to-one"
        target.own_relationships[name] = Relationship(
            name=name,
            place=raw.place,
            owner=target.full_name,
            target=draft.full_name,
            direction=direction,
            uselist=uselist,
            lazy=self._lazy(raw.facts, options, False),
            secondary=made.secondary,
            told_apart=made.told_apart,
            viewonly=truth_of(options.keyword("viewonly"), made.viewonly) is not False,
            ordered=is_given(options, "order_by"),
            order_by=sorted_by(draft, options.keyword("order_by")),
            descending=sorted_down(draft, options.keyword("order_by")),
            query_class=is_given(options, "query_class"),
            innerjoin=is_given(options, "innerjoin"),
            custom_join=made.custom_join or is_given(options, "primaryjoin"),
            keys=made.remote_keys,
            remote_keys=made.keys,
            back_populates=made.name,
            from_backref=True,
        )
        target.others.pop(name, None)

    def _from_other_side(self, made: Relationship) -> Relationship:
        target = self.drafts.get(made.target or "")
        if target is None or made.back_populates is None:
            return made
        for owner in (target.full_name, *target.parents):
            other = self.drafts[owner].own_relationships.get(made.back_populates)
            if other is not None and other.direction is not None:
                direction = INVERSE[other.direction]
                uselist = made.uselist
                if uselist is None:
                    uselist = direction != "many-to-one"
                return replace(
                    made,
                    direction=direction,
                    uselist=uselist,
                    keys=other.remote_keys,
                    remote_keys=other.keys,
                )
        return made


def _plain(raw: RawRelationship) -> RawRelationship:
    """SQLModel's `Relationship(sa_relationship_kwargs={…})` with these as keywords."""
    inner = raw.call.keyword("sa_relationship")
    if isinstance(inner, Call):
        return replace(raw, call=inner)
    extra: list[tuple[str | None, Symbol]] = []
    given = raw.call.keyword("sa_relationship_kwargs")
    if isinstance(given, Pairs):
        extra += [(text_of(key), value) for key, value in given.pairs]
    elif given is not None:
        extra.append((None, given))
    link = raw.call.keyword("link_model")
    if link is not None:
        extra.append(("secondary", link))
    if not extra:
        return raw
    return replace(raw, call=replace(raw.call, keywords=(*raw.call.keywords, *extra)))


def _keys(found: dict[str, str]) -> tuple[str, ...]:
    """The attributes, unless two of them refer to one column and it is open which is meant."""
    if len(set(found.values())) < len(found):
        return ()
    return tuple(found)
