"""The local government service list, with the duties that we are sure of."""

from pathlib import Path

from tools.reference.tables import Row, boolean, read


# Services that plainly carry out a statutory duty of some tier of council; our own
# judgement. Every other service is left blank, which means that nobody has said.
STATUTORY = {
    # Council tax and business rates: billing and collection.
    54,
    55,
    56,
    57,
    58,
    59,
    60,
    61,
    # Housing benefit, and the disabled facilities grant.
    68,
    69,
    70,
    71,
    72,
    73,
    137,
    # Homelessness and the allocation of housing.
    89,
    112,
    1800,
    # Planning applications, decisions, plans and enforcement; building control.
    485,
    487,
    494,
    499,
    514,
    516,
    599,
    600,
    608,
    1158,
    1730,
    1731,
    1732,
    1734,
    1735,
    # Land charges.
    672,
    # Registration of births, deaths, marriages and civil partnerships.
    319,
    320,
    321,
    322,
    876,
    1716,
    # The electoral register and elections.
    362,
    364,
    365,
    1013,
    # Children: protection, care, leaving care, special needs, places and attendance.
    8,
    9,
    13,
    14,
    35,
    159,
    160,
    266,
    310,
    840,
    891,
    918,
    1760,
    # Adults: assessment, care plans, carers, protection.
    209,
    731,
    1755,
    1756,
    1757,
    1758,
    # Waste, litter and street cleaning.
    524,
    531,
    580,
    582,
    # Food, health and safety, nuisance, contaminated land, air quality, licensing.
    390,
    406,
    407,
    413,
    416,
    418,
    419,
    632,
    633,
    635,
    860,
    # Highways maintenance.
    557,
    # Libraries.
    437,
    # Civil emergency plan, freedom of information, data protection.
    703,
    722,
    826,
}

# The source lost the accent of this label.
LABELS = {"742": "Street café licence"}


def services(source: Path) -> list[Row]:
    """One row per service, by number."""
    rows = sorted(read(source, "domain", "lgsl_services.csv"), key=lambda row: int(row["lgsl_id"]))
    return [
        {
            "lgsl_id": row["lgsl_id"],
            "service": LABELS.get(row["lgsl_id"], row["label"]),
            "is_live": boolean(row["status"] == "Live"),
            "is_statutory": boolean(True) if int(row["lgsl_id"]) in STATUTORY else "",
            "source": "LGA/esd",
        }
        for row in rows
    ]
