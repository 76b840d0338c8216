"""Loops over boards are compiled when the extra `fast` is installed; results are the same."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

Loop = TypeVar("Loop", bound=Callable[..., Any])

try:
    from numba import njit
except ImportError:

    def compiled(loop: Loop) -> Loop:
        """The loop as it stands, since the compiler is not installed."""
        return loop

else:

    def compiled(loop: Loop) -> Loop:
        """The loop, compiled at its first call and kept on disk."""
        return cast(Loop, njit(cache=True)(loop))
