"""Which known mistake explains what a student's functions returned.

What came back in a failing check is held against what each known wrong variant returns there, all cases of the
check together.  A mistake is named only where the student's numbers are the variant's, and not what was due:

1. *One mistake*: every part of every case is the variant's, and at least one part is not what is due.
2. *Two mistakes*: each part that is not as due is one's or the other's (a wrong loss beside a wrong gradient);
   or the parts are those of the variant with both mistakes in it; or, where there is no such variant, they differ
   from what is due by the sum of what each changes (two terms of one gradient forgotten).

Where several variants fit a check, the one is taken that fits what else was found: it fails no check that the
student passes, and explains as many of the failed ones as possible.  What builds on a function is never explained
by a mistake that this function's own checks exclude.  Visible checks are explained by visible
checks alone, so that a student's own machine says the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..messages import Sentence, say
from ..results import Verdict
from ..sandbox.interface import Reply
from .base import Check, Finding, Prepared
from .calls import fresh
from .parts import VALUE, WARNED, WHOLE, Part, condensed, parts, print_of, program, same
from .relations import Terms, missing_term, relation
from .variants import Known

__all__ = [
    "DIAGNOSED",
    "Evidence",
    "Pairs",
    "Prints",
    "TermFunction",
    "Terms",
    "explain",
    "explanations",
    "named",
    "pair_prints",
    "prints",
    "related",
    "terms_of",
]

Prints = Mapping[str, Sequence[Any]]
"""For each variant by name the prints of its parts in one check; ``None`` for a part that is as due."""

Pairs = Mapping[tuple[str, str], Sequence[Any]]
"""For the variants with two mistakes in them, by both names, the prints of all parts in one check, condensed."""

TermFunction = Callable[..., Mapping[str, Mapping[str, Any]]]
"""Takes a case's arguments, and ``dout=``; returns for some parts (``"out"``, ``"dx"``) their terms by name."""

MAX_PAIRS = 2000
MAX_RUN = 400
"""Variants with two mistakes that are run for one check, at most: each takes some two milliseconds."""

KEPT = 4
UNKNOWN = "?"
"""A print that was not kept: it is not what was due."""

DIAGNOSED = frozenset({Verdict.FAILED, Verdict.PARTIAL, Verdict.CRASHED})
"""The verdicts that a mistake may be the reason of."""


@dataclass(frozen=True)
class Evidence:
    """What one check found, for :func:`explain`.

    Attributes:
        check: ``"task/check"``.
        visible: whether students have it.
        passed: whether it was passed.
        functions: those that it calls.
        whole: the sets of variants that explain it, the likelier first; each of one or two.
        weak: those among them whose only sign is an exception.
    """

    check: str
    visible: bool
    passed: bool
    functions: tuple[str, ...] = ()
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
        came = parts(check, prepared, run(variant))
        its = _against_due(came)
        values = [each for each, part in zip(its, came, strict=True) if each is not None and part.label == VALUE]
        if values and not all(isinstance(each, str) for each in values):
            continue  # such a check is not judged before its values are right
        if any(each is not None for each in its):
            found[name] = its if _is_called(variant, check) else _few(its)
    return found


def pair_prints(
    check: Check, prepared: Prepared, run: Callable[[Any], Any], pairs: Mapping[tuple[str, str], Any], singles: Prints
) -> dict[tuple[str, str], tuple[Any, ...]]:
    """What variants with two mistakes return in a check, condensed.

    Only those are run whose mistakes both act on one part: where each acts on parts of its own, the single variants
    say the same.  One that raises an exception is left out: that tells too little.

    Args:
        check: the check.
        prepared: its cases.
        run: runs the check's program on a variant and gives the replies.
        pairs: the variants by the names of both mistakes.
        singles: what the variants with one mistake return there.
    """
    acts_on = {name: {i for i, each in enumerate(its) if each is not None} for name, its in singles.items()}
    found = {}
    both_act = [names for names in pairs if not set.isdisjoint(*(acts_on.get(name, set()) for name in names))]
    for names in both_act[:MAX_RUN]:
        came = parts(check, prepared, run(pairs[names]))
        its = [print_of(part.came) for part in came if part.label != WARNED]
        wrong = {part.label for part, each in zip(came, _against_due(came), strict=True) if each is not None}
        # A check that has values to be right first is not judged before they are.
        if (
            wrong - {WARNED}
            and VALUE not in wrong
            and not any(isinstance(each, str) and _is_failure(each) for each in its)
        ):
            found[names] = condensed(its)
    return found


def _is_called(variant: Any, check: Check) -> bool:
    """Whether the check itself calls a function that the variant replaces."""
    return any(function in check.functions for function in variant.functions)


def _few(its: Sequence[Any]) -> tuple[Any, ...]:
    """Prints of something that other functions only build on: a few of its changed parts say as much as all."""
    changed = [i for i, each in enumerate(its) if each is not None]
    kept = {changed[i] for i in np.linspace(0, len(changed) - 1, min(len(changed), KEPT)).round().astype(int)}
    return tuple(UNKNOWN if each is not None and i not in kept else each for i, each in enumerate(its))


def terms_of(check: Check, prepared: Prepared, terms: TermFunction) -> list[dict[str, Any]]:
    """The prints of the terms of each part of a check; nothing where a part has none.

    Args:
        check: the check.
        prepared: its cases.
        terms: gives a case's terms, by part and name.
    """
    silence = [Reply() for _ in program(check, prepared)]
    by_case = [
        terms(*map(fresh, case.args), **dict(case.kwargs), dout=expected.get("weights", expected.get("dout")))
        for case, expected in zip(prepared.cases, prepared.expected, strict=True)
    ]
    return [
        {
            name: print_of(np.asarray(term, dtype=np.float64) + np.zeros(np.shape(part.due)))
            for name, term in by_case[part.case].get("out" if part.label == WHOLE else part.label, {}).items()
        }
        for part in parts(check, prepared, silence)
    ]


def explanations(
    came: Sequence[Part], variants: Prints, pairs: Callable[[], Pairs]
) -> tuple[tuple[tuple[str, ...], ...], frozenset[str]]:
    """The sets of one or two variants that explain what came back, and which of them are weak.

    Args:
        came: a failing check's parts.
        variants: what the candidates return there.
        pairs: gives what variants with two mistakes return; asked where neither one mistake nor two in different
            parts explain what came.
    """
    mine = [print_of(part.came) for part in came]
    due = [print_of(part.due) for part in came]
    agrees = [part.agrees for part in came]
    silent = [part.label == WARNED for part in came]
    wrong = [not same(a, b, near) for a, b, near in zip(mine, due, agrees, strict=True)]
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
        changed = {i for i in looked_at if its[i] is not None and not same(its[i], due[i], agrees[i])}
        own[name] = changed
        fits[name] = {i for i in changed if (wrong[i] if its[i] == UNKNOWN else same(mine[i], its[i], agrees[i]))}
    ones = [(name,) for name in variants if own[name] == wrong_ones == fits[name]]
    sets = ones or _beside(own, fits, wrong_ones)
    if not sets and not all(silent[i] for i in wrong_ones):
        spoken = [i for i in looked_at if not silent[i]]
        sets = _together(pairs(), [mine[i] for i in spoken], max(agrees[i] for i in spoken))
        sets = sets or _added(variants, own, mine, due, agrees, wrong_ones)
    weak = {
        name
        for name, its in variants.items()
        # A part that was not kept is no sign either: one that only ever raises has such parts, too.
        if all(isinstance(its[i], str) and (its[i] == UNKNOWN or _is_failure(its[i])) for i in own[name])
    }
    return tuple(sets), frozenset(weak)


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
        excluded = _excluded(scope, known)
        votes: dict[str, int] = {}
        for each in scope:
            for name in {name for names in each.whole for name in names if name not in each.weak}:
                votes[name] = votes.get(name, 0) + 1
        for each in scope:
            if each.visible is visible:
                names = _likeliest(each, passed, excluded, votes, known)
                if names:
                    explained[each.check] = names
    return explained


def named(finding: Finding, check: Check, mistakes: Sequence[Known]) -> Finding:
    """The finding in the words of the mistakes that explain it."""
    sentences = [_sentence(check, mistake) for mistake in mistakes]
    if len(sentences) == 2:
        both = say("two-mistakes", first=sentences[0].message, second=sentences[1].message)
        sentence = Sentence(both.message, " ".join(dict.fromkeys(each.hint for each in sentences if each.hint)))
    else:
        (sentence,) = sentences
    message = sentence.message
    if finding.verdict is Verdict.CRASHED:
        message = f"{message} {finding.message}"
    details = {**finding.details, "misconceptions": [mistake.name for mistake in mistakes]}
    return replace(finding, message=message, hint=sentence.hint, details=details, misconception=mistakes[0].name)


def related(finding: Finding, came: Sequence[Part], prepared: Prepared, terms: Terms = ()) -> Finding:
    """The finding, and how what came is related to what was due, if it is.

    Args:
        finding: the check's.
        came: what came back.
        prepared: the check's cases.
        terms: of what each part is the sum; none where that isn't known.
    """
    samples = [
        next((len(arg) for arg in case.args if isinstance(arg, np.ndarray) and arg.ndim), 1) for case in prepared.cases
    ]
    sentence = relation(came, samples) or (missing_term(came, terms) if terms else None)
    if sentence is None:
        return finding
    return replace(finding, message=f"{finding.message} {sentence.message}", hint=sentence.hint or finding.hint)


def _sentence(check: Check, mistake: Known) -> Sentence:
    if mistake.function in check.functions:
        return Sentence(mistake.sentence)
    return say("follows", function=mistake.function, sentence=mistake.sentence)


def _excluded(evidence: Iterable[Evidence], known: Mapping[str, Known]) -> set[str]:
    """The mistakes that a check of their own function would show, and that passes or explains itself by others."""
    excluded = set()
    for each in evidence:
        if each.passed or each.whole:
            found = {name for names in each.whole for name in names}
            excluded |= {
                name
                for name, its in known.items()
                if its.function in each.functions and each.check in its.fails and name not in found
            }
    return excluded


def _likeliest(
    evidence: Evidence, passed: set[str], excluded: set[str], votes: Mapping[str, int], known: Mapping[str, Known]
) -> tuple[str, ...]:
    def is_usable(name: str) -> bool:
        if known[name].function not in evidence.functions and name in excluded:
            return False  # what builds on a function is explained by no mistake that its own checks don't have
        return name not in evidence.weak or name in votes

    usable = [names for names in evidence.whole if all(map(is_usable, names))]

    def rank(names: tuple[str, ...]) -> tuple[int, int, int]:
        contradicted = sum(check in passed for name in names for check in known[name].fails)
        elsewhere = sum(known[name].function not in evidence.functions for name in names)
        return contradicted, -sum(votes.get(name, 0) for name in names), elsewhere

    return min(usable, key=rank, default=())


def _against_due(its: Sequence[Part]) -> tuple[Any, ...]:
    """A variant's prints, with ``None`` where they are what is due."""
    each = [(print_of(part.came), print_of(part.due), part.agrees) for part in its]
    return tuple(None if same(came, due, near) else came for came, due, near in each)


def _beside(own: Mapping[str, set[int]], fits: Mapping[str, set[int]], wrong: set[int]) -> list[tuple[str, ...]]:
    """Pairs of variants that change different parts, each as the student has them."""
    halves = [name for name, its in own.items() if its and its == fits[name] and its < wrong]
    return [
        pair
        for pair in itertools.islice(itertools.combinations(halves, 2), MAX_PAIRS)
        if own[pair[0]] | own[pair[1]] == wrong and not own[pair[0]] & own[pair[1]]
    ]


def _together(pairs: Pairs, mine: Sequence[Any], agrees: float) -> list[tuple[str, ...]]:
    """Pairs of mistakes whose common variant returns what came back."""
    came = condensed(mine)
    return [
        names
        for names, its in pairs.items()
        if len(its) == len(came) and all(same(a, b, agrees) for a, b in zip(came, its, strict=True))
    ]


def _added(
    variants: Prints,
    own: Mapping[str, set[int]],
    mine: Sequence[Any],
    due: Sequence[Any],
    agrees: Sequence[float],
    wrong: set[int],
) -> list[tuple[str, ...]]:
    """Pairs of variants whose changes add up to the student's: a print is a sum over elements."""
    if any(_is_text(mine[i]) or _is_text(due[i]) for i in wrong):
        return []
    candidates = [
        name
        for name, its in own.items()
        if its
        and its <= wrong
        and not any(_is_text(variants[name][i]) or variants[name][i][0] != due[i][0] for i in its)
    ]
    found: list[tuple[str, ...]] = []
    for one, other in itertools.islice(itertools.combinations(candidates, 2), MAX_PAIRS):
        if own[one] | own[other] == wrong and all(
            same(mine[i], _sum(due[i], *(variants[name][i] for name in (one, other) if i in own[name])), agrees[i])
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
