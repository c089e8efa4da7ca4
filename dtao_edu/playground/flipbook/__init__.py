"""A playground worked out beforehand: it moves on a web page and on a slide, without a kernel.

>>> from dtao_edu.playground.flipbook import flipbook
"""

from __future__ import annotations

from dtao_edu.playground.flipbook.fragment import RUNTIME_FILES, Fragment, flipbook, runtime

__all__ = ["RUNTIME_FILES", "Fragment", "flipbook", "runtime"]
