"""Awards in scope, row by row, and the programmes that gave them: who may see which."""

import pandas as pd

from analytics.reading.marts import allow
from analytics.reading.reader import Reader
from analytics.reading.viewer import NotAllowedError, Viewer
from analytics.reading.warehouse import query


def refuse_choice(reader: Reader) -> None:
    """Nobody but an analyst chooses councils: two choices would differ by one."""
    if reader.viewer.role == "programme" and len(reader.scope.councils) > 1:
        raise NotAllowedError(
            "Sums of chosen councils are shown to analysts only. Choose a region or a "
            "type of council."
        )


def awards(reader: Reader) -> pd.DataFrame:
    """Awards of a scope that may be named to the viewer, newest first.

    One row per award and council with a part in it, with the columns of the contract
    (the council's code of the day and of today), council_name, region, council_type,
    programme_label, councils (in the award) and paid_gbp. A council sees its own and
    those that are public.
    """
    refuse_choice(reader)
    allow(reader)
    frame = reader.query("reading/awards")
    is_seen = frame["share_rank"] >= reader.viewer.named_from
    is_seen |= frame["gss_code"] == reader.viewer.gss_code
    return frame[is_seen].drop(columns="share_rank").reset_index(drop=True)


def programmes(path: str, viewer: Viewer) -> dict[str, str]:
    """Code and name of every programme, in their order."""
    frame = query("reading/programmes", path)
    return dict(zip(frame["code"], frame["label"], strict=True))
