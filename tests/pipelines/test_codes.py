"""Codes: a value that means one code is that code, and no other value is guessed."""

import pytest

from pipelines.codes import code_of, read_codes
from tests.support.rows import incident, write
from tests.support.warehouse import Extracted, closed_lists


@pytest.mark.parametrize(
    ("value", "codes", "code"),
    [
        ("Malware", ["malware", "hacking"], "malware"),
        ("near  miss", ["Near miss", "Confirmed"], "Near miss"),
        ("4", ["3.2", "4.0"], "4.0"),
        ("Council Estimate", ["council_estimate"], "council_estimate"),
        ("non cyber", ["Cyber", "Non-cyber"], "Non-cyber"),
        ("Ransomware", ["malware", "hacking"], ""),
        ("40", ["3.2", "4.0"], ""),
        ("a b", ["a-b", "a_b"], ""),
    ],
)
def test_a_value_is_a_code_if_it_can_mean_no_other(value, codes, code):
    assert code_of(value, codes) == code


def test_codes_are_put_into_the_rows_and_other_values_stay(tmp_path):
    rows = [
        incident(incident_ref=f"INC-{n:04}", action=action, caf_version="4")
        for n, action in enumerate(["malware", "MALWARE", "ransom"])
    ]
    files = Extracted("incidents", write(tmp_path / "1.csv", rows))
    read_codes(files.connection, files.dataset, [1], closed_lists())
    assert files.rows("action", "caf_version") == [
        ("malware", "4.0"),
        ("malware", "4.0"),
        ("ransom", "4.0"),
    ]
