"""The words of every problem, by code: the one place where they are written."""

from generator.messages.check import CHECK
from generator.messages.comments import COMMENTS
from generator.messages.content import CONTENT
from generator.messages.files import FILES
from generator.messages.markdown import MARKDOWN
from generator.messages.preview import PREVIEW
from generator.messages.project import PROJECT
from generator.messages.publishing import PUBLISHING
from generator.messages.search import SEARCH
from generator.messages.vlogs import VLOGS
from generator.messages.writing import WRITING
from generator.problems import Message

MESSAGES: dict[str, Message] = {
    **CHECK,
    **COMMENTS,
    **CONTENT,
    **FILES,
    **MARKDOWN,
    **PREVIEW,
    **PROJECT,
    **PUBLISHING,
    **SEARCH,
    **VLOGS,
    **WRITING,
}
