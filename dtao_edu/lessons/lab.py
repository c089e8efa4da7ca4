"""JupyterLab on this computer, opened on the course."""

from __future__ import annotations

import json
import os
from pathlib import Path

from .. import files
from .course import START, course_files
from .notebook_form import opened

# A style that lets pictures follow a dark theme; and no question to each new user whether news may
# be fetched, which is in the way in a class.
_SETTINGS = Path(__file__).with_name("jupyter")
# A learner's other work has tabs of its own; the course's are kept in the course's folder.
_WORKSPACES = ".workspaces"
# What JupyterLab restores when nobody has moved anything yet: the lists at the sides are folded.
_FOLDED = {
    "down": {"size": 0, "collapsed": True, "widgets": []},
    "left": {"collapsed": True, "visible": True, "widgets": ["filebrowser"]},
    "right": {"collapsed": True, "visible": True, "widgets": []},
    "relativeSizes": [0.2, 0.8, 0],
}


def lab_options(folder: Path, port: int | None = None, browser: bool = True) -> list[str]:
    """Give JupyterLab's options for a course.

    The server answers this computer alone. Nothing is asked of any other computer: no news, no
    look for newer versions, no list of extensions.

    Parameters
    ----------
    folder : Path
        The learner's folder.
    port : int, optional
        The port to use, and no other; without it the first free one from 8888 on.
    browser : bool
        Whether a browser is opened.

    Returns
    -------
    list of str
        The options.

    Examples
    --------
    >>> lab_options(Path("course"), port=8890, browser=False)[-3:]
    ['--ServerApp.port=8890', '--ServerApp.port_retries=0', '--no-browser']
    """
    options = [
        "--ServerApp.ip=127.0.0.1",
        # In a container one is root; the server is reached from this computer alone.
        "--ServerApp.allow_root=True",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.workspaces_dir={folder / _WORKSPACES}",
        f"--LabApp.default_url=/lab/tree/{_first(folder)}",
        "--LabApp.custom_css=True",
        f"--ServerApp.tornado_settings={{'static_custom_path': [{str(_SETTINGS / 'custom')!r}]}}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
    ]
    if port is not None:
        options += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    return options if browser else [*options, "--no-browser"]


def _first(folder: Path) -> str:
    """Name what is opened: the first lesson that the folder holds."""
    there = sorted((folder / START).parent.glob("[0-9]*.ipynb"))
    if not there or (folder / START).is_file():
        return START
    return there[0].relative_to(folder).as_posix()


def fold_lists(folder: Path) -> None:
    """Let JupyterLab open without its list of files, so that a lesson has the whole width.

    What the learner has arranged is left as it is.
    """
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    kept = WorkspacesManager(str(folder / _WORKSPACES))
    if not kept.load("default")["data"]:
        folded = {"data": {"layout-restorer:data": _FOLDED}, "metadata": {"id": "default"}}
        kept.save("default", json.dumps(folded))


def name_kernel(folder: Path) -> None:
    """Write into each notebook what JupyterLab would write when it is opened: its kernel's version.

    A notebook that has it is not shown as unsaved before anything was changed.
    """
    from ipykernel.ipkernel import IPythonKernel
    from jupyter_client.kernelspec import KernelSpecManager

    spec = KernelSpecManager().get_kernel_spec("python3")
    kernel = {"display_name": spec.display_name, "language": spec.language, "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": IPythonKernel.language_info}
    for name in course_files(folder):
        if name.endswith(".ipynb"):
            content = (folder / name).read_bytes()
            if (named := opened(content, metadata)) != content:
                files.write(folder / name, named)


def open_lab(folder: Path, port: int | None = None, browser: bool = True) -> int:
    """Run JupyterLab in this process until it is stopped.

    Parameters
    ----------
    folder, port, browser
        As for :func:`lab_options`.

    Returns
    -------
    int
        0 when it was stopped.
    """
    others = os.environ.get("JUPYTER_CONFIG_PATH", "").split(os.pathsep)
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join([str(_SETTINGS), *filter(None, others)])
    from jupyterlab.labapp import LabApp

    fold_lists(folder)
    name_kernel(folder)
    LabApp.launch_instance(argv=lab_options(folder, port, browser))
    return 0
