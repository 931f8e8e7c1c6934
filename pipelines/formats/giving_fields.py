"""The fields of 360Giving that awards are read from, in both of the standard's forms.

Where the extension says a column, it stands instead of the field. Where its `unknown`
says `amount`, the amount is blank, whatever stands there to satisfy the standard.
"""

import re
from typing import Any, Protocol

from agreed import grants
from pipelines.formats.parts import cell, codes, group, part, rows, several


EXTENSION = "councilFunding"
EXTENSION_TITLE = "Council Funding"
COUNCIL_SCHEME = "GB-LAE-"
# The fields that awards are read from.
READ = (
    "id",
    "title",
    "description",
    "currency",
    "amount",
    "date",
    "starts_on",
    "ends_on",
    "recipient_id",
    "recipient",
    "funder_id",
    "funder",
    "programme_code",
    "programme",
)
FIELDS = {name: grants.FIELDS[name] for name in READ}
FORMULA = re.compile(r"'(?=[=+\-@])")


class Unfit(Exception):  # noqa: N818 - a grant set aside, not an error
    """A grant that cannot be one row; the message says why and what to do."""


class Grant(Protocol):
    """A grant in either form: fields of the standard, and columns of the extension."""

    def said(self, field: str) -> str:
        """Text of one of FIELDS; blank where it is not there."""
        ...

    def extension(self) -> dict[str, str]:
        """Columns of ours by name; empty where another program wrote the file."""
        ...

    def refuse_several(self) -> None:
        """Raises `Unfit` where the grant has more than one recipient, or a person."""
        ...


class JsonGrant:
    """A grant as an object of JSON."""

    def __init__(self, value: dict[str, Any]) -> None:
        self.value = value

    def said(self, field: str) -> str:
        """Text of one field; of a list, that of its first item."""
        *outer, name = FIELDS[field][1]
        found: Any = self.value
        for step in outer:
            found = next(iter(several(part(found, step))), None)
        return cell(part(found, name))

    def extension(self) -> dict[str, str]:
        """Columns of ours by name."""
        return {name: cell(v) for name, v in group(self.value, EXTENSION).items()}

    def refuse_several(self) -> None:
        """One recipient organisation, no person."""
        if part(self.value, "recipientIndividual") is not None:
            raise Unfit("The grant is to a person. Send the grants to councils alone.")
        if len(several(part(self.value, "recipientOrganization"))) > 1:
            raise Unfit(
                "The grant names several recipients, and a row is about one council. "
                "Send one grant for each."
            )


class CsvGrant:
    """A grant as a row of CSV, its cells by `plain` title."""

    def __init__(self, cells: dict[str, str]) -> None:
        self.cells = cells

    def said(self, field: str) -> str:
        """Text of one field."""
        return self.by_title(FIELDS[field][0])

    def by_title(self, title: str) -> str:
        """Text under a title, without the mark that keeps a sheet from running it."""
        return FORMULA.sub("", self.cells.get(plain(title), "").strip(), count=1)

    def extension(self) -> dict[str, str]:
        """Columns of ours by name."""
        start = plain(f"{EXTENSION_TITLE}:")
        titles = [title for title in self.cells if title.startswith(start)]
        found = {t.removeprefix(start): self.by_title(t) for t in titles}
        return {name: value for name, value in found.items() if value}

    def refuse_several(self) -> None:
        """One recipient organisation, no person."""
        people = [t for t in self.cells if t.startswith(plain("Recipient Ind"))]
        if any(self.cells[title].strip() for title in people):
            raise Unfit("The grant is to a person. Send the grants to councils alone.")
        second = plain("Recipient Org") + ":1:"
        if any(v.strip() for t, v in self.cells.items() if t.startswith(second)):
            raise Unfit("The grant names several recipients. Send one row for each.")


def plain(title: str) -> str:
    """A title without case, stray spaces and the number of a list's first item."""
    words = [" ".join(each.split()).lower() for each in title.split(":")]
    return ":".join(word for word in words if word != "0")


def award(grant: Grant) -> dict[str, str]:
    """A grant in the columns of awards."""
    grant.refuse_several()
    extension = grant.extension()
    known = {
        "award_id": grant.said("id").upper(),
        "gss_code": council(grant),
        "title": grant.said("title"),
        "currency": grant.said("currency"),
        "amount_awarded_gbp": amount(grant, extension),
        "awarded_on": day(grant.said("date")),
        "starts_on": day(grant.said("starts_on")),
        "ends_on": day(grant.said("ends_on")),
        "role": "lead",
        "funding_org_name": grant.said("funder"),
        "programme": programme(grant),
    }
    if extension.get("dataset") == "reported_awards":
        # The public record knows recipients and joint ones too: they got the money.
        is_partner = extension.get("role") == "partner"
        extension["role"] = "partner" if is_partner else "lead"
        extension["award_id"] = extension.get("reported_award_id", "")
    return {**known, **extension}


def reported_award(grant: Grant) -> dict[str, str]:
    """A grant that was written from the public record, in its columns again."""
    extension = grant.extension()
    if extension.get("dataset") != "reported_awards":
        raise Unfit(
            "The grant was not written from the public record by this program. Load it as awards."
        )
    known = {
        "recipient_named": grant.said("recipient"),
        "programme": programme(grant),
        "amount_gbp": amount(grant, extension),
        "awarded_on": day(grant.said("date")),
    }
    return {**known, **extension}


def amount(grant: Grant, extension: dict[str, str]) -> str:
    """The amount, unless it stands there only because the standard asks for one."""
    return "" if extension.get("unknown") == "amount" else grant.said("amount")


def council(grant: Grant) -> str:
    """The council's three-letter code out of its identifier, else its name."""
    identifier = grant.said("recipient_id").upper()
    if identifier.startswith(COUNCIL_SCHEME):
        return identifier.removeprefix(COUNCIL_SCHEME)
    return grant.said("recipient")


def programme(grant: Grant) -> str:
    """The programme's code by its code or label; another name stays as written."""
    given = [grant.said("programme_code"), grant.said("programme")]
    labels = {row["label"].lower(): row["code"] for row in rows("lists/programme")}
    for name in given:
        if name.lower() in codes("programme"):
            return name.lower()
        if name.lower() in labels:
            return labels[name.lower()]
    return given[1] or given[0]


def day(text: str) -> str:
    """The day of a date or of a date and time, as the file writes it."""
    return text[:10] if re.match(r"\d{4}-\d\d-\d\dT", text) else text
