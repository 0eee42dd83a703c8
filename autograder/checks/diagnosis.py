"""Which known mistake explains what a student's functions returned.

What came back in a failing check is held against what each known wrong variant returns there, all cases of the
check together.  A mistake is named only where the student's numbers are the variant's, and not what was due:

1. *One mistake*: every part of every case is the variant's, and at least one part is not what is due.
2. *Two mistakes*: each part that is not as due is one's or the other's (a wrong loss beside a wrong gradient);
   or, where both act on one part, it differs from what is due by the sum of what each changes (two terms of one
   gradient forgotten).

Where several variants fit a check, the one is taken that fits what else was found: it fails no check that the
student passes, and explains as many of the failed ones as possible.  Visible checks are explained by visible
checks alone, so that a student's own machine says the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .base import Check, Prepared
from .parts import WARNED, Part, parts, print_of, program, same
from .variants import Known

__all__ = ["Evidence", "Prints", "explain", "explanations", "prints"]

Prints = Mapping[str, Sequence[Any]]
"""For each variant by name the prints of its parts in one check; ``None`` for a part that is as due."""

MAX_PAIRS = 2000


@dataclass(frozen=True)
class Evidence:
    """What one check found, for :func:`explain`.

    Attributes:
        check: ``"task/check"``.
        visible: whether students have it.
        passed: whether it was passed.
        whole: the sets of variants that explain it, the likelier first; each of one or two.
        weak: those among them whose only sign is an exception.
    """

    check: str
    visible: bool
    passed: bool
    whole: tuple[tuple[str, ...], ...] = ()
    weak: frozenset[str] = field(default_factory=frozenset)


def prints(
    check: Check, prepared: Prepared, run: Callable[[Any], Any], names: Mapping[str, Any]
) -> dict[str, tuple[Any, ...]]:
    """What variants return in a check, as prints; those are left out that return nothing but what is due.

    Args:
        check: the check.
        prepared: its cases.
        run: runs the check's program on a variant and gives the replies.
        names: the variants by name.
    """
    found = {}
    for name, variant in names.items():
        its = _against_due(parts(check, prepared, run(variant)))
        if any(each is not None for each in its):
            found[name] = its
    return found


def explanations(came: Sequence[Part], variants: Prints) -> tuple[tuple[tuple[str, ...], ...], frozenset[str]]:
    """The sets of one or two variants that explain what came back, and which of them are weak.

    Args:
        came: a failing check's parts.
        variants: what the candidates return there.
    """
    mine = [print_of(part.came) for part in came]
    due = [print_of(part.due) for part in came]
    single = [part.single for part in came]
    silent = [part.label == WARNED for part in came]
    wrong = [not same(a, b, single=s) for a, b, s in zip(mine, due, single, strict=True)]
    if any(w and not s for w, s in zip(wrong, silent, strict=True)):
        looked_at = [i for i, s in enumerate(silent) if not s]
    else:  # only where all values are right do warnings tell anything
        looked_at = list(range(len(came)))
    wrong_ones = {i for i in looked_at if wrong[i]}
    if not wrong_ones:
        return (), frozenset()
    fits: dict[str, set[int]] = {}  # of each variant's own parts, those that the student has
    own: dict[str, set[int]] = {}
    for name, its in variants.items():
        changed = {i for i in looked_at if its[i] is not None and not same(its[i], due[i], single=single[i])}
        own[name] = changed
        fits[name] = {i for i in changed if same(mine[i], its[i], single=single[i])}
    ones = [(name,) for name in variants if own[name] == wrong_ones == fits[name]]
    pairs = ones or _beside(own, fits, wrong_ones) or _added(variants, own, mine, due, single, wrong_ones)
    weak = {
        name for name, its in variants.items() if all(isinstance(its[i], str) and _is_failure(its[i]) for i in own[name])
    }
    return tuple(pairs), frozenset(weak)


def explain(evidence: Iterable[Evidence], known: Mapping[str, Known]) -> dict[str, tuple[str, ...]]:
    """For each failed check that can be explained, the names of the mistakes.

    Args:
        evidence: of all checks.
        known: the variants by name.
    """
    everything = list(evidence)
    explained = {}
    for visible in (True, False):
        scope = [each for each in everything if each.visible or not visible]
        passed = {each.check for each in scope if each.passed}
        votes: dict[str, int] = {}
        for each in scope:
            for name in {name for names in each.whole for name in names if name not in each.weak}:
                votes[name] = votes.get(name, 0) + 1
        for each in scope:
            if each.visible is visible:
                names = _likeliest(each, passed, votes, known)
                if names:
                    explained[each.check] = names
    return explained


def _likeliest(
    evidence: Evidence, passed: set[str], votes: Mapping[str, int], known: Mapping[str, Known]
) -> tuple[str, ...]:
    usable = [names for names in evidence.whole if all(name not in evidence.weak or name in votes for name in names)]

    def rank(names: tuple[str, ...]) -> tuple[int, int]:
        contradicted = sum(check in passed for name in names for check in known[name].fails)
        return contradicted, -sum(votes.get(name, 0) for name in names)

    return min(usable, key=rank, default=())


def _against_due(its: Sequence[Part]) -> tuple[Any, ...]:
    """A variant's prints, with ``None`` where they are what is due."""
    each = [(print_of(part.came), print_of(part.due), part.single) for part in its]
    return tuple(None if same(came, due, single=single) else came for came, due, single in each)


def _beside(
    own: Mapping[str, set[int]], fits: Mapping[str, set[int]], wrong: set[int]
) -> list[tuple[str, ...]]:
    """Pairs of variants that change different parts, each as the student has them."""
    halves = [name for name, its in own.items() if its and its == fits[name] and its < wrong]
    return [
        pair
        for pair in itertools.islice(itertools.combinations(halves, 2), MAX_PAIRS)
        if own[pair[0]] | own[pair[1]] == wrong and not own[pair[0]] & own[pair[1]]
    ]


def _added(
    variants: Prints,
    own: Mapping[str, set[int]],
    mine: Sequence[Any],
    due: Sequence[Any],
    single: Sequence[bool],
    wrong: set[int],
) -> list[tuple[str, ...]]:
    """Pairs of variants whose changes add up to the student's: a print is a sum over elements."""
    if any(_is_text(mine[i]) or _is_text(due[i]) for i in wrong):
        return []
    candidates = [
        name
        for name, its in own.items()
        if its and its <= wrong and not any(_is_text(variants[name][i]) or variants[name][i][0] != due[i][0] for i in its)
    ]
    found = []
    for one, other in itertools.islice(itertools.combinations(candidates, 2), MAX_PAIRS):
        if own[one] | own[other] == wrong and all(
            same(mine[i], _sum(due[i], *(variants[name][i] for name in (one, other) if i in own[name])), single=single[i])
            for i in wrong
        ):
            found.append((one, other))
    return found


def _sum(due: Any, *changed: Any) -> Any:
    sums = [due[k] + sum(each[k] - due[k] for each in changed) for k in (1, 2)]
    return (due[0], *sums, max(each[3] for each in (due, *changed)), due[4])


def _is_text(print_: Any) -> bool:
    return isinstance(print_, str) or isinstance(print_[0], str)


def _is_failure(print_: str) -> bool:
    return print_.startswith(("failure:", "form:", "missing"))
