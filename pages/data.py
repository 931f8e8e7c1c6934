"""The data itself: is it right, is it whole, and what does each measure mean?"""

from analytics.methods import view as methods
from analytics.quality import reads
from analytics.quality import view as quality
from analytics.submit import view as submit
from analytics.ui.pages import Page, Theme


THEME = Theme(
    "Data",
    (
        Page(
            "submit_data",
            "Submit data",
            "Will this file load, and if not, what has to be mended?",
            submit.draw,
            collections=None,
        ),
        Page(
            "data_quality",
            "Data quality",
            "What arrived, what was set aside and why, and how complete is it?",
            quality.draw,
            has_filters=False,
            collections=reads.collections,
        ),
        Page(
            "methods",
            "Methods",
            "What does each measure mean, and how far can it be trusted?",
            methods.draw,
            has_filters=False,
        ),
    ),
)
