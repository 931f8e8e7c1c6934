"""Where things live, and the few numbers an installation may change.

Every setting can be given as an environment variable with the prefix COUNCIL_,
for example COUNCIL_WAREHOUSE=/srv/dashboard/warehouse. Imports nothing of ours.
"""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


ROOT = Path(__file__).resolve().parent


class Settings(BaseSettings):
    """Paths of one installation, and its port."""

    model_config = SettingsConfigDict(env_prefix="COUNCIL_")

    raw: Path = ROOT / "data" / "raw"
    demonstration: Path = ROOT / "data" / "demonstration"
    reference: Path = ROOT / "data" / "reference"
    public: Path = ROOT / "data" / "public"
    landing: Path = ROOT / "data" / "landing"
    warehouse: Path = ROOT / "data" / "warehouse"
    memory: str = "1GB"
    profile: str = "baseline"
    contact: str = "the team that runs this dashboard in your department"


settings = Settings()
