"""The course as a web site: files for any static host, with no request to anyone."""

from __future__ import annotations

from .build import Built, site

__all__ = ["Built", "site"]
