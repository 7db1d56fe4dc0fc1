"""`python -m generator` is the command `plein`."""

from generator.cli import main

main(prog_name="plein")
