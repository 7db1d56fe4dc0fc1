"""Publishing: what a build made comes to its readers, never half and never by accident."""

from generator.publish.places import Published, Wish, check, publish, releases, rollback
from generator.publish.tree import Tree, tree_of

__all__ = [
    "Published",
    "Tree",
    "Wish",
    "check",
    "publish",
    "releases",
    "rollback",
    "tree_of",
]
