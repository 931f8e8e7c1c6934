"""Services that a council of each kind could see disrupted (LGSL numbers)."""

from demonstration.councils import Council


DISTRICT = [
    58,
    59,
    69,
    70,
    112,
    364,
    390,
    406,
    412,
    431,
    474,
    487,
    485,
    499,
    524,
    526,
    528,
    533,
    632,
    672,
    860,
    1800,
    120,
    141,
    139,
]
COUNTY = [
    12,
    13,
    14,
    4,
    27,
    279,
    312,
    319,
    321,
    437,
    440,
    441,
    557,
    561,
    564,
    705,
    731,
    876,
    266,
    534,
]
CORPORATE = {
    "email": 0.2,
    "office_productivity": 0.12,
    "document_storage": 0.14,
    "hr": 0.06,
    "payroll": 0.05,
    "finance": 0.11,
    "procurement": 0.04,
    "crm": 0.13,
    "help_desk": 0.05,
    "data_analytics": 0.05,
    "other": 0.05,
}


def services_of(council: Council) -> list[int]:
    """LGSL numbers of the services that the council provides."""
    if council.kind == "district":
        return DISTRICT
    return COUNTY if council.kind == "county" else DISTRICT + COUNTY
