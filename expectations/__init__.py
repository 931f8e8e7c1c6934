"""The rules of the domain: one suite per dataset, and those between datasets.

`description` is the message that people see; `severity` decides what happens:
warning quarantines the row, info accepts the row and lists it. A whole file is
refused earlier, when it is read.
"""
