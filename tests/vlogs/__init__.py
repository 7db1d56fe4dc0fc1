"""Vlogs: what a writer hears of a film or subtitles that are not right."""
