"""Trees no deeper than what walks over ancestors, and recursion in libraries, can stand."""

from __future__ import annotations

from lxml import etree, html

MAX_LEVELS = 200  # browsers lay all flat that stands below 512 (Blink, WebKit); pages of people reach 60
_IS_DEEPER = etree.XPath(f"boolean(.{'/*' * (MAX_LEVELS + 2)})")  # nearly no page: told without a look at each element


def lay_flat(root: html.HtmlElement) -> None:
    """Makes what stands deeper than `MAX_LEVELS` children of the element at that level, in the order of the page, with
    its words. One pass, without recursion."""
    for element in _at_limit(root) if _IS_DEEPER(root) else ():
        nodes = _flattened(element)
        for child in list(element):
            element.remove(child)
        element.extend(nodes)


def _at_limit(root: html.HtmlElement) -> list[html.HtmlElement]:
    """The elements at the last level that have grandchildren."""
    level = [root]
    for _ in range(MAX_LEVELS):
        level = [child for element in level for child in element]
        if not level:
            return []
    return [element for element in level if any(len(child) for child in element)]


def _flattened(element: html.HtmlElement) -> list[html.HtmlElement]:
    """Copies of all elements below `element`, in the order of their beginnings, without children. What stands behind
    an element stands behind the last one before it."""
    nodes: list[html.HtmlElement] = []
    tails: list[list[str]] = []
    stack: list[tuple[html.HtmlElement, bool]] = [(child, False) for child in reversed(element)]
    while stack:
        node, is_end = stack.pop()
        if is_end:
            if node.tail:
                tails[-1].append(node.tail)
            continue
        copy = html.Element(node.tag, dict(node.items())) if isinstance(node.tag, str) else html.Element("span")
        copy.text = node.text if isinstance(node.tag, str) else None
        nodes.append(copy)
        tails.append([])
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    for copy, parts in zip(nodes, tails, strict=True):
        copy.tail = "".join(parts) or None
    return nodes
