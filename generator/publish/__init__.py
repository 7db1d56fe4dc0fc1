"""Publishing: what a build made comes to its readers, never half and never by accident."""

from generator.publish.places import Published, Wish, publish, releases, rollback
from generator.publish.tree import Tree, read_tree

__all__ = [
    "Difference",
    "Published",
    "Tree",
    "Wish",
    "is_in_place",
    "publish",
    "read_tree",
    "releases",
    "rollback",
]
