"""The timeline as a table. It is a DataFrame, and what is made of it a plain one."""

from __future__ import annotations

from typing import Any, NoReturn

import pandas as pd

from ..errors import WrongCall
from ..misuse import Waited


class Timeline(Waited, pd.DataFrame):
    """Knows what to say where somebody takes it for a call."""

    def __call__(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise WrongCall(
            "The timeline is a table and isn't called.", next_step="Leave out the (): project.timeline."
        )
