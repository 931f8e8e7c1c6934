"""The fields of a grant in the 360Giving standard, in both of its forms."""

# Field: its title in CSV, and its place in JSON (lists there hold one item).
FIELDS = {
    "id": ("Identifier", ("id",)),
    "title": ("Title", ("title",)),
    "description": ("Description", ("description",)),
    "currency": ("Currency", ("currency",)),
    "amount": ("Amount Awarded", ("amountAwarded",)),
    "paid": ("Amount Disbursed", ("amountDisbursed",)),
    "date": ("Award Date", ("awardDate",)),
    "starts_on": ("Planned Dates:Start Date", ("plannedDates", "startDate")),
    "ends_on": ("Planned Dates:End Date", ("plannedDates", "endDate")),
    "recipient_id": ("Recipient Org:Identifier", ("recipientOrganization", "id")),
    "recipient": ("Recipient Org:Name", ("recipientOrganization", "name")),
    "funder_id": ("Funding Org:Identifier", ("fundingOrganization", "id")),
    "funder": ("Funding Org:Name", ("fundingOrganization", "name")),
    "programme_code": ("Grant Programme:Code", ("grantProgramme", "code")),
    "programme": ("Grant Programme:Title", ("grantProgramme", "title")),
    "place": ("Beneficiary Location:Name", ("beneficiaryLocation", "name")),
    "country": ("Beneficiary Location:Country Code", ("beneficiaryLocation", "countryCode")),
    "place_code": ("Beneficiary Location:Geographic Code", ("beneficiaryLocation", "geoCode")),
    "place_type": (
        "Beneficiary Location:Geographic Code Type",
        ("beneficiaryLocation", "geoCodeType"),
    ),
    "source": ("Data Source", ("dataSource",)),
}
