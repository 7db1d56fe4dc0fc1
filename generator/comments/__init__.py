"""Comments from an external service: which services there are, and what each needs of a page."""
