"""What the boxes and lines of the picture say in words; the list beneath the picture says the same."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairlead.web.chain.walk import Edge, Group, Node
from fairlead.web.lists.templatetags.lists import localised
from fairlead.web.parties.words import GIVES
from fairlead.web.site.templatetags import words


def band_words(node: Node) -> str:
    """Return a node's band in words, or that it was not assessed."""
    return words.band(node.band) if node.assessed else _("not assessed")


def behind_words(node: Node) -> str:
    """Return how many links are known behind a node."""
    count = node.behind.links
    if not count:
        return _("nobody known behind")
    if node.behind.more:
        return _("more than %(count)s links behind") % {"count": localised(count - 1)}
    return ngettext("%(count)s link behind", "%(count)s links behind", count) % {"count": localised(count)}


def behind_briefly(node: Node) -> str:
    """Return how many links are known behind a node, in as few words as a box has room for."""
    count = node.behind.links
    if not count:
        return _("none known")
    if node.behind.more:
        return _("over %(count)s behind") % {"count": localised(count - 1)}
    return _("%(count)s behind") % {"count": localised(count)}


def open_end_words(node: Node) -> str:
    """Return what is not known behind a node; empty where nothing says so."""
    if node.unmapped:
        return _("Who supplies it is not known.")
    if node.unmapped_share:
        return _("Who supplies it is not known for %(share)s of what it buys.") % {
            "share": words.percent(node.unmapped_share)
        }
    return ""


def node_words(node: Node, where: str) -> str:
    """Return all that a box says, for those who do not see it."""
    if node.organisation:
        return f"{node.name}, {where}"
    parts = [node.name, where, words.country(node.country), band_words(node), behind_words(node)]
    if node.itself:
        parts.append(_("one of its links leads to itself"))
    return ", ".join(parts) + ". " + open_end_words(node)


def group_words(group: Group) -> str:
    """Return how many are folded in a group."""
    if group.column > 0 and group.before and not group.after:
        return _("back to the first of %(count)s") % {"count": localised(group.before)}
    count = group.after
    if not count:
        return _("more links than are read here")
    if group.more:
        return _("more than %(count)s others") % {"count": localised(count)}
    return ngettext("%(count)s other", "%(count)s others", count) % {"count": localised(count)}


def group_bands(group: Group) -> str:
    """Return how those in a group are rated."""
    found = []
    for band, count in group.bands:
        word = _("not assessed") if band == "not_assessed" else words.band(None if band == "no_data" else band)
        found.append(f"{word}: {localised(count)}")
    return " · ".join(found)


def edge_words(edge: Edge, names: Mapping[str, str]) -> str:
    """Return a line as a sentence without its subject: what it does for whom, with which goods and share."""
    done = ", ".join(str(GIVES[kind]) for kind in edge.kinds)
    told = f"{done} {names[edge.receiver]}"
    goods = ", ".join(words.good(good) for good in edge.goods)
    parts = [told, *([goods] if goods else []), *([share_words(edge.share)] if edge.share is not None else [])]
    if edge.ring:
        parts.append(_("part of a ring: this line leads back to where it began"))
    return " · ".join(parts)


def share_words(share: float) -> str:
    """Return a link's share in words."""
    return _("share %(share)s") % {"share": words.percent(share)}
