"""What an import gives where the module isn't there.

Only numpy and the standard library are available to students' code.  Libraries that show things or
check things get an :class:`Inert` stand-in, which does nothing however it is used.  Any other module
gets an :class:`Absent` one: importing it is no error, calling it is, and says why.
"""

from __future__ import annotations

import dis
import sys
import types
from collections.abc import Collection, Iterator
from typing import Any, ClassVar, NoReturn

__all__ = ["INERT", "Absent", "Inert", "stand_in"]

INERT = frozenset(
    """IPython altair autograder beartype bokeh colorama google hypothesis icecream ipykernel ipywidgets
    jaxtyping line_profiler loguru matplotlib memory_profiler mpl_toolkits nbgrader nose nptyping numba
    okpy otter plotly pylab pytest rich seaborn tabulate termcolor tkinter tqdm turtle typeguard
    typing_extensions""".split()  # noqa: SIM905 - a list of names, to be read
)
"""Libraries that show, check, annotate or speed up: code is right or wrong without them."""

UNPACK_SEQUENCE = dis.opmap["UNPACK_SEQUENCE"]


class Inert:
    """Anything at all, and nothing happens.

    As a decorator it gives back what it decorates.  It unpacks into as many parts as are asked for:
    ``fig, axes = plt.subplots()``.
    """

    __all__: ClassVar[tuple[str, ...]] = ()

    def __init__(self, name: str) -> None:
        self.__dict__["_name"] = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in PROVIDED:
            return PROVIDED[name]
        return Inert(f"{self._name}.{name}")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Nothing, or the function that is decorated."""
        if len(args) == 1 and not kwargs and isinstance(args[0], (types.FunctionType, type)):
            return args[0]
        return Inert(f"{self._name}()")

    def __iter__(self) -> Iterator[Any]:
        return iter([Inert(self._name) for _ in range(_parts_asked_for(sys._getframe(1)))])

    def __mro_entries__(self, _: tuple[Any, ...]) -> tuple[type, ...]:
        """As a base class: none."""
        return ()

    def __setattr__(self, name: str, value: Any) -> None:
        pass

    def __getitem__(self, key: Any) -> Any:
        return Inert(self._name)

    def __setitem__(self, key: Any, value: Any) -> None:
        pass

    def __or__(self, other: Any) -> Any:
        return self

    __ror__ = __or__

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def __len__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return f"<{self._name}, which does nothing here>"


class Progress(Inert):
    """A progress bar that shows nothing and passes on what it goes through."""

    def __init__(self, iterable: Any = (), *_: Any, **__: Any) -> None:
        super().__init__("tqdm")
        self.__dict__["_iterable"] = iterable

    def __iter__(self) -> Iterator[Any]:
        return iter(self._iterable)

    def __len__(self) -> int:
        return len(self._iterable)


def _progress_range(*args: Any, **_: Any) -> Progress:
    return Progress(range(*args))


PROVIDED: dict[str, Any] = {"tqdm": Progress, "tqdm_notebook": Progress, "trange": _progress_range, "prange": range}
"""What some of these libraries have that code can't be right without."""


class Absent:
    """A module that isn't here, or a part of it.  It can be named, in an annotation say, but not used."""

    __all__: ClassVar[tuple[str, ...]] = ()

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent(self._module)

    def __getitem__(self, key: Any) -> Any:
        return self

    def __or__(self, other: Any) -> Any:
        return self

    __ror__ = __or__

    def __instancecheck__(self, instance: object) -> bool:
        return False

    def __repr__(self) -> str:
        return f"<{self._module}, which is not available here>"

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise ModuleNotFoundError(missing(self._module), name=self._module)

    __call__ = __iter__ = __len__ = __enter__ = __exit__ = __array__ = __mro_entries__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __matmul__ = __rmatmul__ = __neg__ = __pow__ = __rpow__ = __float__ = __index__ = _refuse


def missing(module: str) -> str:
    """The sentence that a student gets for a module that isn't here."""
    if module in sys.stdlib_module_names:
        return f"{module} is not available here: it needs what students' code can't have"
    return f"{module} is not available here: only numpy, the standard library and the submission's own files are"


def stand_in(name: str, given: Collection[str] = ()) -> Inert | Absent:
    """A stand-in for a module by the name that it is imported under."""
    root = name.partition(".")[0]
    return Inert(name) if root in INERT or root in given else Absent(root)


def _parts_asked_for(frame: types.FrameType) -> int:
    """Into how many parts the frame is unpacking what it iterates over; 0 in a loop."""
    code, at = frame.f_code.co_code, frame.f_lasti
    return code[at + 1] if code[at] == UNPACK_SEQUENCE else 0
