"""The one setting that says where the project's files can be seen, and the links made from it."""

from __future__ import annotations

from importlib.metadata import metadata
from urllib.parse import quote

PLACEHOLDER = "OWNER"
"""Stands in the address for as long as there is none; then no link is made from it."""


def repository() -> str:
    """Return the repository's address from the package's own description; empty if none is set.

    It is set once, in ``pyproject.toml`` under ``project.urls``.
    """
    for line in metadata("dtao-edu").get_all("Project-URL") or ():
        name, _, address = str(line).partition(",")
        if name.strip() == "Repository":
            found = address.strip().rstrip("/")
            return "" if f"/{PLACEHOLDER}/" in f"{found}/" else found
    return ""


def source(address: str, file: str) -> str:
    """Return where a file of the repository can be read; empty without an address.

    Examples
    --------
    >>> source("https://example.org/a/b", "notebooks/05.ipynb")
    'https://example.org/a/b/blob/main/notebooks/05.ipynb'
    """
    return f"{address}/blob/main/{quote(file)}" if address else ""


def launches(address: str, file: str) -> dict[str, str]:
    """Return where a notebook can be run: each service with its address.

    Parameters
    ----------
    address : str
        The repository's, or empty.
    file : str
        The notebook, from the top of the repository.

    Returns
    -------
    dict of str to str
        Empty without an address; these services know one code host alone.

    Examples
    --------
    >>> list(launches("https://github.com/a/b", "notebooks/05.ipynb"))
    ['Binder', 'Colab', 'Codespaces']
    >>> launches("", "notebooks/05.ipynb")
    {}
    """
    host = "https://github.com/"
    if not address.startswith(host):
        return {}
    name = address.removeprefix(host)
    return {
        "Binder": f"https://mybinder.org/v2/gh/{name}/main?urlpath=lab/tree/{quote(file, safe='')}",
        "Colab": f"https://colab.research.google.com/github/{name}/blob/main/{quote(file)}",
        "Codespaces": f"https://codespaces.new/{name}",
    }
