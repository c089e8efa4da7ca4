"""A notebook as text, and the part of its metadata that is the course's own."""

from __future__ import annotations

import json
from typing import Any

Notebook = dict[str, Any]

_KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}


def kept_metadata(metadata: dict[str, Any]) -> dict[str, Any]:
    """Keep of a notebook's metadata what is the course's own."""
    ours = metadata.get("dtao_edu")
    return {**_KERNEL, "dtao_edu": ours} if ours else dict(_KERNEL)


def unopened(content: bytes) -> bytes:
    """Undo what JupyterLab writes into a notebook that was only opened: its kernel's version.

    Any other content stays as it is.
    """
    try:
        book = json.loads(content)
        if dumps(book).encode() == content:
            return dumps({**book, "metadata": kept_metadata(book["metadata"])}).encode()
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    return content


def opened(content: bytes, kernel: dict[str, Any]) -> bytes:
    """Write into a notebook what JupyterLab writes when it is opened; :func:`unopened` undoes it.

    Parameters
    ----------
    content : bytes
        A file's content.
    kernel : dict
        ``kernelspec`` and ``language_info`` as JupyterLab writes them.

    Returns
    -------
    bytes
        The notebook with that, if it runs with this kernel and is in the course's form; any other
        content as it is.
    """
    try:
        book = json.loads(content)
        about = book["metadata"]
        ours = about["kernelspec"]["name"] == kernel["kernelspec"]["name"]
        if ours and dumps(book).encode() == content:
            return dumps({**book, "metadata": {**about, **kernel}}).encode()
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    return content


def dumps(book: Notebook) -> str:
    """Write a notebook as text: sorted keys, one space of indentation, a line's end at the end."""
    return json.dumps(book, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def is_live_alone(output: dict[str, Any]) -> bool:
    """Tell whether an output holds a live view and nothing else: without its kernel it is empty.

    Examples
    --------
    >>> view = "application/vnd.jupyter.widget-view+json"
    >>> is_live_alone({"output_type": "display_data", "data": {view: {}}})
    True
    >>> is_live_alone({"output_type": "display_data", "data": {view: {}, "image/png": "iVBO"}})
    False
    """
    view = "application/vnd.jupyter.widget-view+json"
    data = output.get("data", {})
    return view in data and not any("".join(data[kind]) for kind in data if kind != view)
