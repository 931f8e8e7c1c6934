"""The pages of the dashboard, theme by theme, in the order of the rail."""

from pages import councils, data, disruption, funding, maturity
from pages.moved import MOVED


THEMES = (councils.THEME, maturity.THEME, disruption.THEME, funding.THEME, data.THEME)

__all__ = ["MOVED", "THEMES"]
