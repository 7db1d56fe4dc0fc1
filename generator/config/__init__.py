"""site.yaml: the organisation's settings, every key with its type, default and meaning."""

from generator.config.load import load_config
from generator.config.model import Comments, Config, Term, Words
from generator.config.settings import SETTINGS, SYNONYMS, Setting, is_site_address

__all__ = [
    "SETTINGS",
    "SYNONYMS",
    "Comments",
    "Config",
    "Setting",
    "Term",
    "Words",
    "is_site_address",
    "load_config",
]
