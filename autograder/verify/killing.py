"""The mutants: is every change of the reference that is a mistake noticed by a check?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from ..sandbox.interface import Limits
from . import equivalents
from .bench import lost_in
from .callers import Callers
from .mutants import Mutant, mutants
from .outcome import Outcome
from .parts import NAME, Subject, nothing

__all__ = ["killing"]

LIMITS = Limits(cpu_seconds=2.0, memory_bytes=512 * 2**20)
"""Plenty for the reference; a mutant that goes round in circles is not waited for."""


def killing(subject: Subject) -> Outcome:
    """Every mutant of the reference that is not recorded as equivalent loses a mark."""
    part, proves = "mutants", f"at least {subject.kill_rate:g} % of the reference's mutants lose a mark"
    if subject.lacks_reference:
        return nothing(part, proves, "there is no reference/ with modules to change")
    modules = subject.exercise.modules
    callers = Callers(modules)
    made = list(mutants({name: module.filled for name, module in modules.items()}))
    setting = replace(subject.setting, limits=LIMITS)
    calls = []
    for mutant in made:
        files = subject.submissions.reference({mutant.module: mutant.source})
        calls.append((setting, files, NAME, callers.checks(subject.exercise.rubric, mutant.function)))
    caught = dict(zip(map(equivalents.key, made), subject.hands.map(part, lost_in, calls), strict=True))

    recorded = equivalents.load(subject.exercise.folder)
    survivors = [mutant for mutant in made if not caught[its := equivalents.key(mutant)] and its not in recorded]
    stale = [_stale(entry, caught) for its, entry in recorded.items() if caught.get(its, "gone")]
    counted = len(made) - sum(its in recorded for its in caught)
    killed = counted - len(survivors)
    rate = 100 * killed / counted if counted else 100.0
    findings = list(stale)
    if rate < subject.kill_rate:
        findings.insert(0, f"only {rate:.1f} % are caught, and {subject.kill_rate:g} % have to be")
    summary = f"{killed} of {counted} caught ({rate:.1f} %), {len(recorded)} recorded as equivalent"
    by = Counter(where for where in caught.values() if where)
    return Outcome(
        part=part,
        proves=proves,
        ok=not findings,
        summary=summary,
        findings=tuple(findings),
        notes=tuple(f"survives: {mutant.diff}" for mutant in survivors),
        figures={
            "mutants": len(made),
            "killed": killed,
            "rate": round(rate, 3),
            "equivalent": len(recorded),
            "survivors": [_as_data(mutant) for mutant in survivors],
            "caught_by": dict(by.most_common()),
        },
    )


def _stale(entry: equivalents.Recorded, caught: dict[equivalents.Key, str | None]) -> str:
    which = f"{equivalents.FILE}: {entry.function}, {entry.before!r} -> {entry.after!r}"
    if entry.key not in caught:
        return f"{which} is no mutant any more; take it out"
    return f"{which} loses {caught[entry.key]}, so it is not equivalent; take it out"


def _as_data(mutant: Mutant) -> dict[str, object]:
    function, before, after, occurrence = equivalents.key(mutant)
    return {"function": function, "before": before, "after": after, "occurrence": occurrence}
