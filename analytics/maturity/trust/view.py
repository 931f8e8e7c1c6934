"""How far can the results be trusted? Self against assured, two CAF versions, completeness."""

from analytics.maturity.trust.assurance import assurance
from analytics.maturity.trust.completeness import completeness
from analytics.maturity.trust.versions import versions
from analytics.ui import parts
from analytics.ui.caf import Maturity


PARTS = {
    "assurance": ("Self and assured", assurance),
    "versions": ("CAF 3.2 and 4.0", versions),
    "completeness": ("Completeness", completeness),
}


def draw(found: Maturity) -> None:
    """The part that is chosen."""
    parts.one_part(found, PARTS)
