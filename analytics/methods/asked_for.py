"""What the department's own reporting page asks for, and where each is answered.

The list is that of the prototype of the CAF for local government, in our words. A test
opens every place that is named here and looks for the figure.
"""

from dataclasses import dataclass

from analytics.ui.links import title_of


@dataclass(frozen=True)
class Answer:
    """One thing asked for: page and part where it is answered, and its figure's or list's key.

    Without a page it is not answered yet, and `figure` says what there is.
    """

    asked: str
    page: str = ""
    part: str = ""
    figure: str = ""

    @property
    def place(self) -> str:
        """The place in words."""
        if not self.page:
            return "Not yet"
        return title_of(self.page) + (f", {self.part}" if self.part else "")


ANSWERS = (
    Answer("Councils by stage", "standing", "", "stages"),
    Answer("Councils assessed, by themselves or assured", "standing", "", "states"),
    Answer("Share achieved, partially and not, by objective", "outcomes", "", "levels"),
    Answer("Top gaps", "outcomes", "", "heat"),
    Answer("Completeness: outcomes not judged", "trust", "Completeness", "left-out"),
    Answer("Completeness: evidence missing", "trust", "Completeness", "complete"),
    Answer("Improvement plans waiting for sign-off", "standing", "", "stages"),
    Answer("Data quality", "data_quality"),
    Answer("Trends in blockers", "standing", "", "blockers"),
    Answer("Interventions: what is done, and who pays", "actions", "", "paid-by"),
    Answer("Emerging risks", "movement", "", "changed"),
    Answer("Councils that need attention first", "movement", "", "worsening"),
    Answer(
        "Best practice adopted by how many councils",
        figure="The sharing register is loaded; its page comes with the programme.",
    ),
    Answer(
        "Engagement: check-ins, guidance notes, peer learning",
        figure="No data is collected on these yet.",
    ),
)
