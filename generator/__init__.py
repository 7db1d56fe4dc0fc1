"""Plein: from a folder of Markdown to an organisation's intranet."""

__version__ = "0.1.0"
