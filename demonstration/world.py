"""What every part of the generator needs to know, gathered once."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from demonstration.councils import Council, councils, generator, read
from demonstration.framework import Framework, framework
from demonstration.maturity import Maturity, maturities
from demonstration.period import Period, period_of
from demonstration.support import first_supports
from demonstration.write import Files


@dataclass(frozen=True)
class World:
    """Councils, their latent maturity, when support began, and where rows go."""

    seed: int
    scale: int
    period: Period
    councils: list[Council]
    framework: Framework
    maturity: dict[str, Maturity]
    support: dict[str, dt.date]
    live_services: frozenset[int]
    files: Files
    truths: dict[str, Any] = field(default_factory=dict)

    def rng(self, dataset: str, key: str = "") -> np.random.Generator:
        """Random numbers of one dataset and council."""
        return generator(self.seed, dataset, key)

    def in_period(self) -> list[Council]:
        """Councils that existed in the period."""
        return [each for each in self.councils if each.exists_in(self.period)]

    def current(self) -> list[Council]:
        """Councils that exist at the end of the period."""
        return [each for each in self.councils if each.exists_on(self.period.ends_on)]


def world(files: Files, reference: Path, *, seed: int, years: int, scale: int) -> World:
    """Read the reference tables and draw what is decided once for each council."""
    every = councils(reference, seed=seed)
    caf = framework(reference)
    maturity = maturities(every, len(caf.threads), seed=seed)
    return World(
        seed=seed,
        scale=scale,
        period=period_of(years),
        councils=every,
        framework=caf,
        maturity=maturity,
        support=first_supports(every, maturity, seed=seed),
        live_services=frozenset(
            int(row["lgsl_id"])
            for row in read(reference / "services.csv")
            if row["is_live"].lower() == "true"
        ),
        files=files,
    )
