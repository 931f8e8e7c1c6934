"""What the department's own reporting page asks for, and where each is answered.

The list is that of the prototype of the CAF for local government, in our words. A test
opens every place that is named here and looks for the figure.
"""

from dataclasses import dataclass

from analytics.ui.caf import VIEWS
from analytics.ui.router import PAGES


@dataclass(frozen=True)
class Answer:
    """One thing asked for: where it is answered, and the figure's key on that view.

    Without a page it is not answered yet, and `figure` says what there is.
    """

    asked: str
    page: str = ""
    view: str = ""
    figure: str = ""

    @property
    def place(self) -> str:
        """The place in words."""
        if not self.page:
            return "Not yet"
        view = f", {VIEWS[self.view]}" if self.view else ""
        return PAGES[self.page] + view


MATURITY = "risk_maturity"
ANSWERS = (
    Answer("Councils by stage", MATURITY, "standing", "stages"),
    Answer("Councils assessed, by themselves or assured", MATURITY, "standing", "states"),
    Answer("Share achieved, partially and not, by objective", MATURITY, "outcomes", "levels"),
    Answer("Top gaps", MATURITY, "outcomes", "heat"),
    Answer("Completeness: outcomes not judged", MATURITY, "completeness", "left-out"),
    Answer("Completeness: evidence missing", MATURITY, "completeness", "complete"),
    Answer("Improvement plans waiting for sign-off", MATURITY, "standing", "stages"),
    Answer("Data quality", "data_quality"),
    Answer("Trends in blockers", MATURITY, "standing", "blockers"),
    Answer("Interventions: what is done, and who pays", MATURITY, "actions", "paid-by"),
    Answer("Emerging risks", MATURITY, "movement", "changed"),
    Answer("Councils that need attention first", MATURITY, "movement", "flows"),
    Answer(
        "Best practice adopted by how many councils",
        figure="The sharing register is loaded; its page comes with the programme.",
    ),
    Answer(
        "Engagement: check-ins, guidance notes, peer learning",
        figure="No data is collected on these yet.",
    ),
)
