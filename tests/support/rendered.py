"""What a Markdown renderer makes of a text: its words, its blocks, its tables."""

from markdown_it import MarkdownIt

PLAIN = MarkdownIt("commonmark", {"html": False}).enable("table")
WITH_HTML = MarkdownIt("commonmark", {"html": True}).enable("table")
GITHUB_LIKE = MarkdownIt("gfm-like", {"html": True, "linkify": False})
RENDERERS = (PLAIN, WITH_HTML, GITHUB_LIKE)
_HARMLESS = {"text", "text_special", "softbreak", "hardbreak"}


def body(text):
    """Minutes without their front matter."""
    return text.split("\n---\n", 1)[1] if text.startswith("---\n") else text


def inline_text(token):
    """The words of an inline token, line breaks as such."""
    words = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(words.get(child.type, child.content) for child in token.children or ())


def markup_in(token):
    """Types of everything in an inline token that is not plain text."""
    return [child.type for child in token.children or () if child.type not in _HARMLESS]


def headings(text, renderer=PLAIN):
    """(level, words) of each heading."""
    tokens = renderer.parse(body(text))
    return [
        (int(token.tag[1]), inline_text(tokens[number + 1]))
        for number, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


def tables(text, renderer=PLAIN):
    """Each table as a list of rows of cell texts, the titles first."""
    found, row = [], []
    for token in renderer.parse(body(text)):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            row = []
            found[-1].append(row)
        elif token.type == "inline" and token.level >= 1 and found and token.map is not None:
            row.append(inline_text(token))
        elif token.type == "table_close":
            row = []
    return found


def block_types(text, renderer=PLAIN):
    """Types of all tokens that open or are a block."""
    return [token.type for token in renderer.parse(text)]
