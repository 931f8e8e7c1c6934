"""What kind of data a page or file shows, and how it is marked."""

BANNERS = {
    "demonstration": ("Demonstration data: invented figures. Not about any real council."),
    "public_record": (
        "Public record: facts compiled from published sources, each with its source."
    ),
    "department": ("Department data: OFFICIAL-SENSITIVE. Do not share outside your organisation."),
}
MARKINGS = {
    "demonstration": "OFFICIAL",
    "public_record": "OFFICIAL",
    "department": "OFFICIAL-SENSITIVE",
}
INVENTED = "Demonstration data: invented"


def marking(collection: str) -> str:
    """Give the marking of a collection; one that is not known is refused."""
    if collection not in MARKINGS:
        known = ", ".join(MARKINGS)
        raise ValueError(f"Collection {collection!r} must be one of: {known}.")
    return MARKINGS[collection]


def caption(period: str, coverage: str, source: str, collection: str) -> str:
    """Write the line under a figure, so that a picture of it explains itself."""
    parts = [period, coverage, f"Source: {source}" if source else ""]
    parts.append(marking(collection))
    if collection == "demonstration":
        parts.append(INVENTED)
    return " · ".join(part for part in parts if part)
