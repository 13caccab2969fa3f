"""Replies as markdown, safely: no HTML, no images, only links that a person would follow.

`to_tree` is for the page, which builds elements from it and never sets HTML; `to_html` for the saved notebook.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

Node = str | dict[str, Any]
"""Text, or `{"tag": "p", "children": [...]}`, a link with `href` as well."""


def to_tree(text: str) -> list[Node]:
    """Markdown as nested elements.

    >>> to_tree("a **b**")
    [{'tag': 'p', 'children': ['a ', {'tag': 'strong', 'children': ['b']}]}]
    """
    from markdown_it.tree import SyntaxTreeNode

    return _children(SyntaxTreeNode(_parser().parse(_parted(text))))


def to_html(text: str) -> str:
    """Markdown as HTML of which none was in the text."""
    return str(_parser().render(_parted(text)))


def _parted(text: str) -> str:
    """With a blank line after each list: people mean its end by a line that is no item."""
    return re.sub(r"(?m)^([-*] .*\n)(?![-*\s])", r"\1\n", text)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
    parser.disable(["image", "html_block", "html_inline", "lheading"])
    # A heading in a reply must not become one of the notebook's.
    parser.add_render_rule("heading_open", lambda *_: "<p><strong>")
    parser.add_render_rule("heading_close", lambda *_: "</strong></p>\n")
    parser.validateLink = _is_web_link  # type: ignore[method-assign]
    parser.add_render_rule("link_open", _link_open)
    return parser


def _is_web_link(url: str) -> bool:
    try:
        return urlsplit(url).scheme.lower() in ("http", "https", "mailto")
    except ValueError:
        return False


def _link_open(self: Any, tokens: Any, idx: int, options: Any, env: Any) -> str:
    tokens[idx].attrSet("rel", "noopener noreferrer")
    tokens[idx].attrSet("target", "_blank")
    return str(self.renderToken(tokens, idx, options, env))


def _children(node: Any) -> list[Node]:
    return [made for child in node.children for made in _made(child)]


def _made(node: Any) -> list[Node]:
    match node.type:
        case "text":
            return [node.content]
        case "softbreak" | "hardbreak":
            return [{"tag": "br", "children": []}]
        case "inline":
            return _children(node)
        case "code_inline":
            return [{"tag": "code", "children": [node.content]}]
        case "fence" | "code_block":
            return [{"tag": "pre", "children": [{"tag": "code", "children": [node.content]}]}]
        case "hr":
            return [{"tag": "hr", "children": []}]
        case "link":
            return [{"tag": "a", "href": str(node.attrs.get("href", "")), "children": _children(node)}]
        case "heading":
            return [{"tag": "p", "children": [{"tag": "strong", "children": _children(node)}]}]
        case "paragraph" if node.hidden:  # in a tight list
            return _children(node)
    return [{"tag": node.tag, "children": _children(node)}] if node.tag else _children(node)
