"""From received files to a warehouse: extract, stage, check, load, measure, publish."""
