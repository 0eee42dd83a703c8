"""Whose row in a sheet a result belongs to.  Nothing is guessed: what fits two rows is listed."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ..results import Person, Result

__all__ = ["Matched", "Row", "match"]


@dataclass(frozen=True)
class Row:
    """A student in a sheet.

    Attributes:
        number: the row's number.
        name: as the sheet has it.
        ids: the system's own numbers of them.
        keys: what else names one person and no other: the school's number, a login, an e-mail address.
    """

    number: int
    name: str
    ids: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Matched:
    """What belongs together, and what is left over on either side.

    Attributes:
        results: by the row's number.
        by_name: of these, the rows that the name alone told.
        left: results, or people of a group, that have no row, with the reason.
        empty: rows that have no result.
    """

    results: Mapping[int, Result] = field(default_factory=dict)
    by_name: tuple[int, ...] = ()
    left: tuple[str, ...] = ()
    empty: tuple[Row, ...] = ()


@dataclass(frozen=True)
class _Claim:
    result: Result
    label: str
    row: Row
    strong: bool


def match(results: Sequence[Result], rows: Sequence[Row], system: str) -> Matched:
    """Match results with rows: by number, login or address, and else by name.

    Args:
        results: of a class.
        rows: of a sheet.
        system: whose sheet it is; another system's numbers are other people's.

    A result without a download's word on who handed in is matched by its own name.  Where two results
    claim a row, or one fits two rows, neither gets it; a name gives way to a number.
    """
    index = _Index(rows)
    left: list[str] = []
    claims: defaultdict[int, list[_Claim]] = defaultdict(list)
    for result in results:
        known = result.handed_in is not None and result.handed_in.people
        for person in result.handed_in.people if result.handed_in and known else (_of_name(result.name),):
            label = _label(result, person)
            own = not known or (result.handed_in is not None and result.handed_in.system == system)
            found, strong = index.find(person, own)
            if len(found) == 1:
                claims[found[0].number].append(_Claim(result, label, found[0], strong))
            else:
                left.append(f"{label}: {'fits several rows' if found else 'no row'}")
    settled: dict[int, _Claim] = {}
    for number, those in claims.items():
        strong_ones = [claim for claim in those if claim.strong] or those
        if len(strong_ones) == 1:
            settled[number] = strong_ones[0]
        losers = [claim for claim in those if settled.get(number) is not claim]
        left += [f"{claim.label}: another result claims its row ({claim.row.name})" for claim in losers]
    return Matched(
        {number: claim.result for number, claim in settled.items()},
        tuple(number for number, claim in settled.items() if not claim.strong),
        tuple(sorted(left)),
        tuple(row for row in rows if row.number not in settled),
    )


class _Index:
    """Rows by number, key and name."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._ids: defaultdict[str, set[Row]] = defaultdict(set)
        self._keys: defaultdict[str, set[Row]] = defaultdict(set)
        self._names: defaultdict[str, set[Row]] = defaultdict(set)
        for row in rows:
            for table, words in ((self._ids, row.ids), (self._keys, row.keys)):
                for word in words:
                    if word:
                        table[_folded(word)].add(row)
            for form in _forms(row.name):
                self._names[form].add(row)

    def find(self, person: Person, own: bool) -> tuple[Sequence[Row], bool]:
        """The rows that fit, and whether by more than the name.

        Args:
            person: who handed in.
            own: whether their number is of this sheet's system.
        """
        strong: set[Row] = set()
        if own and person.id:
            strong |= self._ids.get(_folded(person.id), set())
        for key in (person.student_id, person.email):
            if key:
                strong |= self._keys.get(_folded(key), set())
        if strong:
            return list(strong), True
        named: set[Row] = set()
        for form in _forms(person.name):
            named |= self._names.get(form, set())
        # A row of this system with another number is another person of the same name.
        other = own and person.id and not _is_name(person)
        return [row for row in named if not (other and row.ids)], False


def _of_name(name: str) -> Person:
    """A submission's own name, as whatever it may be: a number, a login, an address or a name."""
    stem = re.sub(r"\.(zip|ipynb)$", "", name, flags=re.IGNORECASE)
    return Person(name=stem, id=stem, student_id=stem)


def _is_name(person: Person) -> bool:
    return person.id == person.name


def _label(result: Result, person: Person) -> str:
    details = ", ".join(part for part in (person.name, person.student_id or person.id, person.email) if part)
    return result.submission if _is_name(person) else f"{result.submission} ({details})"


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip().casefold()


def _forms(name: str) -> Collection[str]:
    """The ways in which a name is written, as letters and digits alone: family name last, or first."""
    ascii_like = unicodedata.normalize("NFKD", name).casefold()
    words = re.findall(r"[^\W_]+", "".join(char for char in ascii_like if not unicodedata.combining(char)))
    if not words:
        return ()
    forms = {"".join(words), "".join(sorted(words))}
    before, comma, after = name.partition(",")
    if comma:
        return forms | set(_forms(f"{after} {before}"))
    return forms | {words[-1] + "".join(words[:-1])}
