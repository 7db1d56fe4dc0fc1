"""`python -m generator` is the command `plein`."""

from generator.cli import run

run()
