"""Whether traffic should be sent here."""

from typing import Literal

ReadinessState = Literal["starting", "ready", "draining"]


class Readiness:
    """Starts as `starting`; `draining` is final."""

    def __init__(self) -> None:
        self._state: ReadinessState = "starting"

    @property
    def state(self) -> ReadinessState:
        return self._state

    def started(self) -> None:
        if self._state == "starting":
            self._state = "ready"

    def drain(self) -> None:
        self._state = "draining"
