"""Every sentence that a check may say to a student: a short name, what is wrong, what to do next.

The sentences hold no number: what a hidden check found must not tell its inputs.  Numbers are put in
by the caller where a check is visible (``Finding.evidence``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["CATALOGUE", "RAISED_HINTS", "TYPE_ERROR_HINTS", "Sentence", "listed", "quoted", "say"]


@dataclass(frozen=True)
class Sentence:
    """What is wrong, in plain words, and what to do next (or nothing)."""

    message: str
    hint: str = ""


CATALOGUE: Mapping[str, Sentence] = {
    # --- the call did not come to an end ---------------------------------------------------------
    "missing": Sentence(
        "{function} is not there.",
        "Define it under exactly this name. If it is defined, its module could not be loaded: see the warnings.",
    ),
    "not-written": Sentence("{function} is not written yet."),
    "returns-nothing": Sentence("{function} returns nothing.", "If it is written, its `return` is missing."),
    "raised": Sentence("{function} raised {error}.", "{remedy}"),
    "raised-when-moved": Sentence(
        "{function} raised {error} when its inputs were changed a little.",
        "It must work for any numbers, not only for those of one example.",
    ),
    "out-of-memory": Sentence(
        "{function} asked for more memory than there is.",
        "Look for an array that has one axis too many, or a list that never stops growing.",
    ),
    "forbidden": Sentence(
        "{function} tried something that is closed to it: a file, the network or another process.",
        "Compute from the arguments alone.",
    ),
    "too-large": Sentence("{function} returned far more than was asked for.", "Check the shape of the result."),
    "not-a-pair": Sentence("{function} must return {due}.", "Return them in this order, separated by a comma."),
    "unmet": Sentence("{function} could not be called: what it is called with is missing."),
    "waits": Sentence("This waits for {function}.", "Write {function} first."),
    # --- the result is not what was due: its form --------------------------------------------------
    "none": Sentence("{parts} {is} None.", "Compute {parts}, and return {it}."),
    "scalar": Sentence(
        "{parts} {is} a single number where an array is due.",
        "Sum over one axis only (`axis=0`, say), not over everything.",
    ),
    "sequence": Sentence("{parts} {is} a list or tuple where an array is due.", "Turn it into a numpy array."),
    "not-a-number": Sentence("{parts} {is} not a number, where one is due."),
    "object": Sentence("{parts} {is} neither a numpy array nor a number.", "Return plain numpy arrays."),
    "text": Sentence("{parts} {is} text where numbers are due."),
    "length": Sentence("{parts} {has} the wrong number of entries."),
    "not-a-dict": Sentence(
        "{parts} must be a dict.", "Return a dict whose keys are names and whose values are arrays."
    ),
    "missing-keys": Sentence("{parts} lacks entries: {keys}."),
    "extra-keys": Sentence("{parts} has entries that don't belong there.", "The keys that are due: {keys}."),
    "shape": Sentence(
        "{parts} {has} the wrong shape.",
        "Look at which axis is summed over, and at the order of the factors of each product.",
    ),
    "integers": Sentence(
        "{parts} {holds} whole numbers where real ones are due.",
        "An array made for integers cuts off what is written into it; make it of floats.",
    ),
    "booleans": Sentence(
        "{parts} {holds} True and False where numbers are due.", "A mask still has to be multiplied with something."
    ),
    "complex": Sentence("{parts} {holds} complex numbers where real ones are due."),
    "half": Sentence("{parts} {is} in half precision (float16), which is too coarse.", "Compute in float64."),
    "single": Sentence(
        "{parts} {is} only as precise as float32, and here that is not enough.",
        "Keep the arrays in float64; look for `float32` and for `astype`.",
    ),
    # --- ... and its numbers -----------------------------------------------------------------------
    "nan": Sentence(
        "{parts} {holds} nan (not a number).", "Look for 0/0, inf − inf, the root or logarithm of a negative number."
    ),
    "inf": Sentence("{parts} {holds} infinite values.", "Look for a division by 0, log 0, or exp of a large number."),
    "zeros": Sentence("{parts} {is} zero everywhere, and should not be."),
    "values": Sentence("{parts} {is} wrong."),
    "right-parts": Sentence("{parts} {is} right."),
    # --- ... how they are related to those that are due --------------------------------------------
    "negative": Sentence("{parts} {has} the wrong sign everywhere.", "Look for a minus that is missing or too many."),
    "times-samples": Sentence(
        "{parts} {is} too large by a factor of the number of samples.",
        "Look for a division by the number of samples that is missing, or a sum in the place of a mean.",
    ),
    "over-samples": Sentence(
        "{parts} {is} too small by a factor of the number of samples.",
        "Look for a division by the number of samples too many, or a mean in the place of a sum.",
    ),
    "twice-as-large": Sentence(
        "{parts} {is} twice as large as due everywhere.", "Look for a factor of two, or a term counted twice."
    ),
    "half-as-large": Sentence(
        "{parts} {is} half as large as due everywhere.", "Look for a factor of two that is missing."
    ),
    "times-constant": Sentence(
        "{parts} {is} off by one and the same factor everywhere.",
        "Look for a constant, or for the base of a logarithm.",
    ),
    "transposed": Sentence("{parts} {is} right but transposed.", "Look at the order of the factors of each product."),
    "rows-reversed": Sentence("{parts} {is} right but for its order: the last row comes first."),
    "columns-reversed": Sentence("{parts} {is} right but for its order: the last column comes first."),
    "reshaped": Sentence(
        "{parts} {holds} the right numbers, filled in along the wrong axis.", "Look at what is reshaped, and when."
    ),
    "another-order": Sentence("{parts} {holds} the right numbers in another order."),
    "off-by-one": Sentence(
        "{parts} {is} right but one step off.",
        "Look at where a loop begins and ends, and at what is kept in each step.",
    ),
    "swapped": Sentence(
        "{parts} {is} right, but each in the other's place.", "Look at the order in which they are returned."
    ),
    "term-missing": Sentence("{parts} {is} right but for one term that is missing: {term}."),
    # --- known mistakes ------------------------------------------------------------------------------
    "two-mistakes": Sentence("Two things: {first} And: {second}"),
    "follows": Sentence(
        "This follows from a mistake in {function}. {sentence}", "Get {function} right first, and look here again."
    ),
    # --- gradients -----------------------------------------------------------------------------------
    "forward-first": Sentence(
        "{function} is not right yet, so its gradient can't be marked.", "Get {function} right first."
    ),
    "gradient-as-asked": Sentence("Its gradient is what was asked, though: leave that as it is."),
    "own-derivative": Sentence("Its gradient is the derivative of {function} as you have it, though."),
    "not-own-derivative": Sentence("Nor {is} {parts} the derivative of {function} as you have it."),
    "rough": Sentence(
        "{function} can't be differentiated numerically: when the inputs change a little, its result jumps.",
        "Don't round, don't draw random numbers, don't remember earlier calls.",
    ),
    "not-the-derivative": Sentence(
        "{function} changes in another way than its gradient says when the inputs change a little.",
        "Its result must be computed from the arguments of this very call.",
    ),
    "as-variant": Sentence("This is marked for {function} as you have it, which is not yet what was asked: {variant}"),
    "held-against-variant": Sentence(
        "It is neither what was asked nor the gradient of {function} as you have it, against which it is held here. "
        "{variant}",
        "Get {function} right first, and look here again.",
    ),
    "beside-variant": Sentence("The gradient is what was asked; {function} itself is not yet: {variant}"),
    "formula-beside-variant": Sentence(
        "The gradient is computed as was asked, from what {function} keeps. {function} is not right yet: {variant}",
    ),
    # --- purity ----------------------------------------------------------------------------------------
    "changes-argument": Sentence(
        "{function} changes {parts}, which the caller still needs.",
        "Look for `+=`, `*=`, `out=` and assignments to slices; work on a copy, or make a new array.",
    ),
    "changes-output": Sentence(
        "{function} changes what {forward} had returned.",
        "The cache holds the very array that was returned; work on a copy.",
    ),
    "changes-answer": Sentence(
        "{function} gives another answer when it is called again with the same arguments.",
        "Keep nothing from one call to the next, and draw random numbers from the generator that is passed in.",
    ),
    "mixes-calls-up": Sentence(
        "{function} is wrong where {forward} has been called again before it.",
        "Keep in the cache all that the backward needs, and compute from the cache that is passed in alone.",
    ),
    "builds-on": Sentence("It builds on {parts}, which {is} not right yet: begin there."),
    "not-right-yet": Sentence("This is marked once {function} is right."),
    "right-as-given-only": Sentence(
        "This is right in the cases that were given out, and wrong in others of the same kind, with other numbers.",
        "Call it with random arrays of such shapes, and twice in a row; hold the results against the formula.",
    ),
    # --- stability -------------------------------------------------------------------------------------
    "overflow-nan": Sentence(
        "{parts} {holds} nan: an intermediate result overflows.",
        "Rewrite the formula so that no exponential of a large number is ever taken.",
    ),
    "overflow-inf": Sentence(
        "{parts} {holds} infinite values where the true ones are finite.",
        "A quotient underflows to 0 before its logarithm is taken, or an exponential overflows: "
        "simplify the formula on paper first.",
    ),
    "extreme-values": Sentence(
        "{parts} {is} finite at this extreme, but wrong.",
        "If it is right elsewhere, something is clipped, or a small number is added to avoid log 0 or a division by 0: "
        "rewrite the formula in its place.",
    ),
    "loses-digits": Sentence(
        "{parts} {is} nearly right, but too many digits are lost.",
        "Look for the difference of two large numbers that are almost equal.",
    ),
    "warns": Sentence(
        "{function} gives the right result, but with a warning ({warning}).",
        "The overflow is still there: choose a formula in which it does not occur.",
    ),
    # --- speed -----------------------------------------------------------------------------------------
    "slow": Sentence(
        "{function} takes far too long on a large input.",
        "Replace the loop over samples or features by operations on whole arrays.",
    ),
    # --- random draws ----------------------------------------------------------------------------------
    "not-seeded": Sentence(
        "{function} gives other numbers when it is called again with the same generator state.",
        "Draw from the generator that is passed in, not from `np.random`.",
    ),
    "always-same": Sentence(
        "{function} gives the same numbers whatever generator is passed in.",
        "Draw from the generator that is passed in; don't make one inside.",
    ),
    "mean": Sentence("The mean of what {function} draws is wrong."),
    "variance-high": Sentence(
        "What {function} draws spreads too widely.", "Check which size the variance depends on, and root or square."
    ),
    "variance-low": Sentence(
        "What {function} draws does not spread widely enough.",
        "Check which size the variance depends on, and root or square.",
    ),
    "repeated": Sentence("What {function} draws repeats itself.", "Draw every entry independently."),
    "correlated": Sentence(
        "What {function} draws is not independent from entry to entry.", "Draw the whole array at once."
    ),
    "not-gaussian": Sentence(
        "What {function} draws has the right mean and variance, but is not Gaussian.",
        "Draw from a normal distribution.",
    ),
    # --- said beside a pass ----------------------------------------------------------------------------
    "told-single": Sentence("Right, as far as float32 goes; float64 was asked for."),
}

RAISED_HINTS: Mapping[str, str] = {
    "NameError": "A name is used that was never defined: a typo, or a missing import.",
    "UnboundLocalError": "A variable is used before it is set.",
    "AttributeError": "There is nothing of that name there: a typo, perhaps.",
    "ImportError": "Only numpy and the standard library may be imported.",
    "ModuleNotFoundError": "Only numpy and the standard library may be imported.",
    "IndexError": "An index goes beyond the array: look at which axis it runs along.",
    "KeyError": "A dict is asked for a key that it does not have.",
    "TypeError": "A function is called with the wrong number or kind of arguments.",
    "ValueError": "Two shapes do not fit, or a tuple is unpacked into the wrong number of names.",
    "ZeroDivisionError": "Something is divided by 0.",
    "RecursionError": "A function calls itself without end.",
}

TYPE_ERROR_HINTS: Mapping[str, str] = {
    "NoneType": "None stands where a value should be: a function that is called returns nothing, perhaps.",
    "not callable": "What is called there is no function: its name may have been given another value.",
    "unhashable": "A list, a dict or an array is used as a dict's key.",
}
"""By a word in what Python says; the first that fits, in the place of the one for any ``TypeError``."""


def say(name: str, **blanks: str) -> Sentence:
    """The sentence of that name with its blanks filled.

    Raises:
        KeyError: for a name that is not in the catalogue, or a blank that is not filled.
    """
    sentence = CATALOGUE[name]
    return Sentence(sentence.message.format(**blanks), sentence.hint.format(**blanks))


def listed(parts: Iterable[str]) -> dict[str, str]:
    """``parts`` as one phrase ("dx, dW and db"), and the words that have to agree with it in number."""
    names = list(parts)
    if len(names) == 1:
        return {"parts": names[0], "is": "is", "has": "has", "holds": "holds", "it": "it"}
    phrase = f"{', '.join(names[:-1])} and {names[-1]}"
    return {"parts": phrase, "is": "are", "has": "have", "holds": "hold", "it": "them"}


def quoted(text: str, limit: int = 200) -> str:
    """A student's own text on one line, printable and no longer than ``limit``."""
    line = "".join(char if char.isprintable() else " " for char in text[: limit + 1])
    return line if len(line) <= limit else line[: limit - 1] + "…"
