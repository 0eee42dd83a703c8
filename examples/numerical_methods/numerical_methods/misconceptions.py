"""Known mistakes: a student who makes one of them is told which."""

from autograder.misconceptions import Variants

from .reference import integration, roots

integral, root = Variants(integration), Variants(roots)

# fmt: off
MISCONCEPTIONS = (
    integral("even-spacing", "You take the points to be evenly spaced; they are not.",
             {"trapezoid": ("np.diff(x)[:, None]", "x[1] - x[0]")}, fails="trapezoid: matches matches-2"),
    integral("weights-swapped", "Your weights 4 and 2 have changed places.",
             {"simpson": ("2.0)", "4.0)", "[1::2] = 4", "[1::2] = 2")}, fails="simpson: matches matches-2"),
    root("derivative-too-late", "Your derivative takes the value of its own step, not of the one before.",
         {"horner": ("dp = dp * x + p\n        p = p * x + c", "p = p * x + c\n        dp = dp * x + p")},
         fails="horner: matches; newton: matches purity"),
    root("slope-of-the-start", "You divide by the derivative at the start in every step; each step has its own.",
         {"newton": ("p / dp", "p / horner(coefficients, x)[1]")}, fails="newton: matches purity"),
    root("other-half", "You keep the half in which the sign does not change.",
         {"bisect": ("== np.sign(horner(coefficients, a)[0])", "!= np.sign(horner(coefficients, a)[0])")},
         fails="bisect: matches purity"),
)
