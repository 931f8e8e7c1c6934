"""What the council register gets wrong or late, and what we put in its place.

Each entry was checked against another file of the collection or follows from the
rows themselves; data/README.md says which.
"""

# The Office for National Statistics recoded both areas from April 2025.
CURRENT_CODES = {"E08000016": "E08000038", "E08000019": "E08000039"}

# City status granted in 2022, and one lost apostrophe.
COUNCIL_NAMES = {
    "COL": "Colchester City Council",
    "KIN": "Borough Council of King's Lynn and West Norfolk",
    "MIK": "Milton Keynes City Council",
    "SOS": "Southend-on-Sea City Council",
}

# Short names sort and read as people say them, and no two councils share one.
SHORT_NAMES = {
    "BST": "Bristol",
    "DST": "Dorset",
    "KIN": "King's Lynn and West Norfolk",
    "LIC": "Lincoln",
    "NYK": "North Yorkshire County",
    "SHN": "St Helens",
    "SOM": "Somerset County",
}

# The register puts this Suffolk district in Surrey.
COUNTY_CODES = {"FOR": "SFK"}

# The register gives the region of each county council by a point that lies far
# outside these two; all their districts are in the East Midlands.
REGIONS = {"DBY": "East Midlands", "LIN": "East Midlands"}

# The register still has the two north-eastern authorities that one replaced on
# 7 May 2024.
COMBINED_AUTHORITIES = {"NECA": "E47000014", "NTCA": "E47000014"}

# Register dates before 2009 that are not dates of birth: 2005 dates are 1905 serial
# numbers misread, and Birmingham's is one digit out.
FALSE_START_YEARS = ("2005",)
FALSE_STARTS = {"BIR"}

# The joint name of two councils would otherwise be an alias of one of them.
JOINT_NAMES = {"adur and worthing borough council"}

# Names that the register keeps for today's council only, though in their day they
# meant the county council.
FORMER_COUNTY_NAMES = {"BKM": "Buckinghamshire", "DOR": "Dorset"}
