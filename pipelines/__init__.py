"""From files as received to a published warehouse: extract, stage, check, load, measure, publish."""
