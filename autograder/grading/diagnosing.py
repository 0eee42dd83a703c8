"""Naming the mistakes of one submission, when all of its checks have been run.

A passing check costs nothing here.  What the variants return in a visible check is worked out once, when the
first submission fails it (a student's machine has it on record); in a hidden check only those variants are run
that the visible ones leave open.  So it is with the variants that have two mistakes of one function in them,
which are run where single ones explain nothing.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np

from ..checks.base import Check, Finding, Prepared
from ..checks.diagnosis import (
    DIAGNOSED,
    Evidence,
    Pairs,
    Prints,
    Terms,
    explain,
    explanations,
    named,
    pair_prints,
    prints,
    related,
    terms_of,
)
from ..checks.distribution import Distribution
from ..checks.parts import parts, program
from ..checks.variants import Known
from ..misconceptions import Misconception, both, overlaid
from ..rubric import Rubric
from ..sandbox.interface import Reply
from ..sandbox.scripted import ScriptedSession
from .examining import Examined

__all__ = ["AmongPairs", "FromRubric", "Library", "diagnosed"]


AmongPairs = Callable[[tuple[str, str]], bool]


class Library(Protocol):
    """The known mistakes, and what each returns in a check."""

    @property
    def known(self) -> Mapping[str, Known]:
        """By name, in the rubric's order."""
        ...

    def prints(self, task: str, check: Check, prepared: Prepared, among: Callable[[str], bool]) -> Prints:
        """What the variants that concern a check return there; for a hidden check only those ``among`` them."""
        ...

    def pairs(self, task: str, check: Check, prepared: Prepared, singles: Prints, among: AmongPairs) -> Pairs:
        """Likewise, what the variants with two mistakes return that the single ones (their prints) don't explain."""
        ...

    def terms(self, task: str, check: Check, prepared: Prepared) -> Terms:
        """Of what terms each part of a check is the sum; nothing where that isn't known."""
        ...


class FromRubric:
    """The rubric's misconceptions, run on this side."""

    def __init__(self, rubric: Rubric) -> None:
        self._rubric = rubric
        self._by_name = {each.name: each for each in rubric.misconceptions}
        self._sessions: dict[str, ScriptedSession] = {}
        self._visible: dict[str, Prints] = {}
        self._visible_pairs: dict[str, Pairs] = {}
        self.known = {
            each.name: Known(each.name, each.sentence, each.function, each.fails) for each in rubric.misconceptions
        }

    def prints(self, task: str, check: Check, prepared: Prepared, among: Callable[[str], bool]) -> Prints:
        """See :class:`Library`."""
        where = f"{task}/{check.name}"
        if check.visible:
            if where not in self._visible:
                self._visible[where] = self._run(where, check, prepared, lambda _: True)
            return self._visible[where]
        return self._run(where, check, prepared, among)

    def pairs(self, task: str, check: Check, prepared: Prepared, singles: Prints, among: AmongPairs) -> Pairs:
        """See :class:`Library`."""
        where = f"{task}/{check.name}"
        if not check.visible:
            return self._run_pairs(where, check, prepared, singles, among)
        if where not in self._visible_pairs:
            # A student's machine has those of the check's own functions alone, too: the others would be too many.
            self._visible_pairs[where] = self._run_pairs(
                where, check, prepared, singles, lambda names: self._by_name[names[0]].function in check.functions
            )
        return self._visible_pairs[where]

    def terms(self, task: str, check: Check, prepared: Prepared) -> Terms:  # noqa: ARG002
        """See :class:`Library`."""
        its = self._rubric.terms.get(check.functions[-1])
        if its is None or not program(check, prepared) or isinstance(check, Distribution):
            return ()
        found = terms_of(check, prepared, its)
        return found if any(found) else ()

    def _run(self, where: str, check: Check, prepared: Prepared, among: Callable[[str], bool]) -> Prints:
        steps = program(check, prepared)
        if not steps:
            return {}
        its = {name: one for name, one in self._by_name.items() if among(name) and _concerns(one, where, check)}

        def run(one: Misconception) -> tuple[Reply, ...]:
            with _repeatable():
                return self._session(one).run(*steps).replies

        return prints(check, prepared, run, its)

    def _run_pairs(self, where: str, check: Check, prepared: Prepared, singles: Prints, among: AmongPairs) -> Pairs:
        steps = program(check, prepared)
        if not steps:
            return {}

        def run(one: Misconception) -> tuple[Reply, ...]:
            with _repeatable():  # the functions are made for this once: there are too many of them to be kept
                return ScriptedSession(overlaid(self._rubric.reference, [one])).run(*steps).replies

        its = {names: one for names, one in self._both.items() if among(names) and _concerns(one, where, check)}
        return pair_prints(check, prepared, run, its, singles)

    @functools.cached_property
    def _both(self) -> Mapping[tuple[str, str], Misconception]:
        """The variants with two mistakes that are both in one function."""
        pairs = itertools.combinations(self._by_name.values(), 2)
        made = {(one.name, other.name): both(one, other) for one, other in pairs if one.function == other.function}
        return {names: together for names, together in made.items() if together is not None}

    def _session(self, misconception: Misconception) -> ScriptedSession:
        if misconception.name not in self._sessions:
            self._sessions[misconception.name] = ScriptedSession(self._rubric.overlays.functions(misconception))
        return self._sessions[misconception.name]


@contextlib.contextmanager
def _repeatable() -> Iterator[None]:
    """Some mistakes draw from the process's own generator: the same numbers each time, and nobody else's change."""
    before = np.random.get_state()
    np.random.seed(0)
    try:
        yield
    finally:
        np.random.set_state(before)


def _concerns(misconception: Misconception, where: str, check: Check) -> bool:
    return where in misconception.fails or any(each in check.functions for each in misconception.functions)


def diagnosed(examined: Sequence[Examined], library: Library) -> list[Finding]:
    """The findings, with the mistakes that explain them named."""
    looked_at = {
        each.where: parts(each.check, each.prepared, each.replies)
        for each in examined
        if each.finding.verdict in DIAGNOSED and each.prepared is not None and _is_whole(each)
    }
    evidence: dict[str, Evidence] = {}
    for visible in (True, False):
        found = list(evidence.values())
        among = _left_open(found, library.known)
        for each in examined:
            if each.check.visible is visible:
                pairs = _pairs_left_open(found, library.known, among, each.check)
                evidence[each.where] = _evidence(each, looked_at.get(each.where), library, among, pairs)
    explained = explain(evidence.values(), library.known)
    findings = []
    for each in examined:
        finding = each.finding
        if each.where in explained:
            finding = named(finding, each.check, [library.known[name] for name in explained[each.where]])
        elif each.where in looked_at and each.prepared is not None:
            terms = library.terms(each.task, each.check, each.prepared)
            finding = related(finding, looked_at[each.where], each.prepared, terms)
        findings.append(finding)
    return findings


def _is_whole(examined: Examined) -> bool:
    assert examined.prepared is not None
    steps = program(examined.check, examined.prepared)
    return bool(steps) and len(steps) == len(examined.replies)


def _evidence(
    examined: Examined, came: Any, library: Library, among: Callable[[str], bool], among_pairs: AmongPairs
) -> Evidence:
    check = examined.check
    found = Evidence(examined.where, check.visible, examined.finding.share == 1.0, check.functions)
    if came is None or examined.prepared is None:
        return found
    where = (examined.task, check, examined.prepared)
    singles = library.prints(*where, among)
    whole, weak = explanations(came, singles, lambda: library.pairs(*where, singles, among_pairs))
    return replace(found, whole=whole, weak=weak)


def _left_open(evidence: Iterable[Evidence], known: Mapping[str, Known]) -> Callable[[str], bool]:
    """Whether a mistake may still be one of the student's, by what the visible checks found."""
    everything = list(evidence)
    run = {each.check for each in everything}
    found = {name for each in everything for names in each.whole for name in names}
    return lambda name: name in found or not run.intersection(known[name].fails)


def _pairs_left_open(
    evidence: Iterable[Evidence], known: Mapping[str, Known], among: Callable[[str], bool], check: Check
) -> AmongPairs:
    """Whether two mistakes may be the student's together: in what builds on them only those found before."""
    found = {names for each in evidence for names in each.whole}

    def is_open(names: tuple[str, str]) -> bool:
        return names in found or (known[names[0]].function in check.functions and all(map(among, names)))

    return is_open
