"""Handouts: `sheet` decides what is printed, `html` writes it as a page."""

from briefgen.renderers.handout.html import render_html

__all__ = ["render_html"]
