"""Who is looking, and what may be shown to them.

Every read takes a viewer. Until sign-in is built it is the local analyst, and the
server listens on this machine only. Share levels, from most private: own_only 1,
peers_anonymised 2, programme 3, public 4.
"""

from dataclasses import dataclass
from typing import Literal


class NotAllowedError(Exception):
    """The viewer may not see this; the message says what they may do instead."""


@dataclass(frozen=True)
class Viewer:
    """An analyst of the department, a programme lead, or one council's officer."""

    role: Literal["analyst", "programme", "council"] = "analyst"
    gss_code: str = ""

    def __post_init__(self) -> None:
        if (self.role == "council") != bool(self.gss_code):
            raise ValueError("A council viewer has a council; other viewers have none.")

    @property
    def named_from(self) -> int:
        """Lowest share level at which another council's value may carry its name."""
        return {"analyst": 1, "programme": 3, "council": 4}[self.role]

    @property
    def counted_from(self) -> int:
        """Lowest share level at which a value may count in a group that is shown."""
        return 2 if self.role == "council" else 1

    def require_department(self) -> None:
        """Only the department looks at files, rules and rows of every council."""
        if self.role == "council":
            raise NotAllowedError(
                "Files and rows of other councils are not shown. Ask the data steward "
                "for the faults of your own files."
            )


LOCAL_ANALYST = Viewer()
