"""Turns the partial dates of the compilations into a date and how exact it is."""


def first_day(text: str) -> str:
    """The date, or the first day of the month or year where only that is known."""
    return text + "-01-01"[3 * text.count("-") :] if text else ""


def precision(text: str) -> str:
    """How exact a partial date is, by how much of it there is."""
    return ("year", "month", "day")[text.count("-")] if text else ""


def stated_precision(text: str) -> tuple[str, str]:
    """The code and the remark in words such as "month (August bank holiday)"."""
    if text.startswith("weekend"):
        return "around_day", text
    code, _, remark = text.partition(" ")
    if remark == "(around)":
        return "around_day", "around this day"
    is_whole_bracket = remark.startswith("(")
    return code, remark[1:-1] if is_whole_bracket else remark
