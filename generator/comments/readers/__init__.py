"""How each service is asked how much is said in conversations, and what: requests and answers."""

from generator.comments.readers.base import Asker, Malformed, Reader, Request
from generator.comments.readers.comentario import COMENTARIO
from generator.comments.readers.isso import ISSO
from generator.comments.readers.remark42 import REMARK42
from generator.comments.readers.waline import WALINE

__all__ = ["READERS", "Asker", "Malformed", "Reader", "Request"]

READERS: dict[str, Reader] = {
    "isso": ISSO,
    "waline": WALINE,
    "remark42": REMARK42,
    "comentario": COMENTARIO,
}
