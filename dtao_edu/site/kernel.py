"""A kernel in the browser: JupyterLite with Pyodide, in a folder of its own beside the pages.

Everything that the exercises need lies in that folder, so that no request leaves the host that
serves it. Pyodide itself comes from npm and the wheels from the package index, at build time and
through their own clients. What is compiled (NumPy, Matplotlib) is on neither: the list of packages
names its place on the host of Pyodide's own distribution, from which a reader's browser takes it
once a cell imports it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dtao_edu import files

from ..lessons.course import course_folder
from .small_wheel import small_wheel

FOLDER = "lab"
"""Below the site; it can be left out without harm to the pages."""
_MARK = ".made-from"
_FIRST = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython")
"""What the kernel itself needs; loaded with it, in one go."""
_ALSO = ("sympy", "ipywidgets")
"""What lies in the folder, and is loaded once a cell imports it."""
_EXTENSIONS = ("@jupyterlite/pyodide-kernel-extension", "@jupyter-widgets/jupyterlab-manager")
Json = dict[str, Any]


@dataclass(frozen=True)
class Kernel:
    """The browser kernel of a site.

    Parameters
    ----------
    folder : Path
    size : int
        Bytes of all its files.
    wheel : int
        Bytes of the package's own wheel in it.
    """

    folder: Path
    size: int
    wheel: int

    def __str__(self) -> str:
        return (
            f"The browser kernel: {self.size / 1e6:.1f} MB in {self.folder}, of it "
            f"{self.wheel / 1e6:.2f} MB for this package."
        )


def kernel(site: Path, say: Callable[[str], None] = lambda line: None) -> Kernel:
    """Put a browser kernel with the course's notebooks into the folder of a site.

    Parameters
    ----------
    site : Path
        The folder of the site; the kernel goes into ``lab`` below it.
    say : callable
        Is told what is being made.

    Returns
    -------
    Kernel
        As it was, if nothing changed on which it depends.

    Raises
    ------
    ImportError
        If the extra ``browser`` is not installed.
    RuntimeError
        If npm or the package index did not give what was asked for; the sentence names it.
    """
    _need()
    target = site / FOLDER
    with TemporaryDirectory() as place:
        room = Path(place)
        wheel = small_wheel(room)
        size = wheel.stat().st_size
        mark = _made_from(wheel)
        kept = target / _MARK
        if not kept.is_file() or kept.read_text(encoding="utf-8") != mark:
            say("Making the browser kernel.")
            made = _built(room, wheel)
            if target.exists():
                shutil.rmtree(target)
            shutil.move(made, target)
            files.write(kept, mark)
    whole = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    return Kernel(target, whole, size)


def _need() -> None:
    names = ("jupyterlite_core", "jupyterlite_pyodide_kernel", "jupyterlab_widgets")
    missing = [name for name in names if find_spec(name) is None]
    if missing:
        raise ImportError(
            f"To make a browser kernel, {', '.join(missing)} must be installed; "
            'run: python -m pip install "dtao-edu[browser]"'
        )


def _made_from(wheel: Path) -> str:
    """Return a sum over all that the folder is made from."""
    total = hashlib.sha256(wheel.read_bytes())
    for path in [Path(__file__), *_notebooks()]:
        total.update(path.read_bytes())
    for name in ("jupyterlite-core", "jupyterlite-pyodide-kernel", "ipywidgets"):
        try:
            total.update(f"{name} {version(name)}".encode())
        except PackageNotFoundError:
            continue
    return total.hexdigest()


def _notebooks() -> list[Path]:
    course = course_folder()
    return sorted([*course.glob("notebooks/*.ipynb"), *course.rglob("exercises/**/*.ipynb")])


def _built(room: Path, wheel: Path) -> Path:
    """Gather the parts in a room of their own, let JupyterLite build, and return its folder."""
    extensions = [_extension(name) for name in _EXTENSIONS]
    pyodide = room / "static" / "pyodide"
    _pyodide(room, pyodide)
    lock = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    packages: dict[str, Json] = lock["packages"]
    for path in [wheel, *(extensions[0] / "static" / "pypi").glob("*.whl")]:
        if not path.name.startswith("widgetsnbextension-3"):
            packages |= _packed(path, pyodide)
    for name in ("comm", "ipywidgets"):
        (path,) = _download([f"{name}=={version(name)}"], room / name)
        packages |= _packed(path, pyodide)
    _take_in(packages, pyodide, room)
    (pyodide / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    course = course_folder()
    for path in _notebooks():
        copy = room / "content" / path.relative_to(course)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    _settings(room, extensions)
    _run([sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", ".",
          "--contents", "content", "--output-dir", "made"], room, "JupyterLite")  # fmt: skip
    made = room / "made"
    for path in [*made.rglob("*.map"), *(made / "static" / "pyodide").glob("*.d.ts")]:
        path.unlink()
    return made


def _extension(name: str) -> Path:
    found = Path(sysconfig.get_path("data")) / "share" / "jupyter" / "labextensions" / name
    if not found.is_dir():
        raise RuntimeError(f"The part {name} of JupyterLab is not in this installation.")
    return found


def _pyodide(room: Path, target: Path) -> None:
    """Take Pyodide, in the version that JupyterLite's kernel was made for, from npm."""
    from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION

    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("To make a browser kernel, npm must be installed: Pyodide is there.")
    _run([npm, "pack", "--silent", f"pyodide@{PYODIDE_VERSION}"], room, "npm")
    target.mkdir(parents=True)
    with tarfile.open(next(room.glob("pyodide-*.tgz"))) as packed:
        for entry in packed:
            name = Path(entry.name).name
            content = packed.extractfile(entry) if entry.isfile() else None
            if content and not name.endswith((".map", ".html", ".md", ".ts")):
                (target / name).write_bytes(content.read())


def _take_in(packages: dict[str, Json], pyodide: Path, room: Path) -> None:
    """Lay the wheels of what is needed beside Pyodide; the others stay on their own host."""
    from jupyterlite_pyodide_kernel.constants import PYODIDE_CDN_URL

    needed = _closed([*_FIRST, *_ALSO, "dtao-edu"], packages)
    wanted = {name: packages[name] for name in needed if not packages[name].get("here")}
    asked = [f"{one['name']}=={one['version']}" for one in wanted.values()]
    for path in _download(asked, room / "wheels"):
        described = _packed(path, pyodide)
        for name, one in described.items():
            packages[name] |= {key: one[key] for key in ("file_name", "sha256", "here")}
    for name, one in packages.items():
        if not one.pop("here", False):
            if name in needed:
                raise RuntimeError(f"{name} {one['version']} is not among the wheels.")
            one["file_name"] = f"{PYODIDE_CDN_URL}/{one['file_name']}"


def _closed(names: Iterable[str], packages: dict[str, Json]) -> list[str]:
    """Return packages with all that they depend on."""
    found: list[str] = []
    todo = [*names]
    while todo:
        name = _plain(todo.pop())
        if name not in found:
            found.append(name)
            todo += packages[name]["depends"]
    return found


_DEPENDS = {
    "dtao-edu": [],
    "pyodide-kernel": ["comm", "ipython"],
    "comm": ["traitlets"],
    "ipywidgets": ["comm", "ipython", "traitlets", "widgetsnbextension"],
}


def _packed(path: Path, pyodide: Path) -> dict[str, Json]:
    """Lay a wheel beside Pyodide; return its line in the list of packages."""
    shutil.copyfile(path, pyodide / path.name)
    with zipfile.ZipFile(path) as wheel:
        inside = wheel.namelist()
        about = next(name for name in inside if name.endswith(".dist-info/METADATA"))
        described = message_from_bytes(wheel.read(about))
    name = _plain(described["Name"])
    tops = {one.split("/")[0].removesuffix(".py") for one in inside if ".dist-info/" not in one}
    line = {
        "name": name,
        "version": described["Version"],
        "file_name": path.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": sorted(tops),
        "depends": _DEPENDS.get(name, []),
        "unvendored_tests": False,
        "here": True,
    }
    return {name: line}


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def _download(asked: Sequence[str], folder: Path) -> list[Path]:
    """Take wheels that run on any system from the package index."""
    _run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
          "--platform=any", "--implementation=py", "--abi=none", "--python-version=3.14",
          f"--dest={folder}", *asked], folder.parent, "pip")  # fmt: skip
    return sorted(folder.glob("*.whl"))


def _settings(room: Path, extensions: Sequence[Path]) -> None:
    build = {
        "apps": ["notebooks"],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [str(path) for path in extensions],
    }
    (room / "jupyter_lite_config.json").write_text(
        json.dumps({"LiteBuildConfig": build}), encoding="utf-8"
    )
    tracker = {"windowingMode": "none"}  # all cells stay on the page, for the browser's own search
    overrides = {"@jupyterlab/notebook-extension:tracker": tracker}
    (room / "overrides.json").write_text(json.dumps(overrides), encoding="utf-8")
    page = {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "Dynamic TAO",
            "litePluginSettings": {
                "@jupyterlite/pyodide-kernel-extension:kernel": {
                    "loadPyodideOptions": {"packages": [*_FIRST, "dtao-edu"]},
                    "disablePyPIFallback": True,
                }
            },
        },
    }
    (room / "jupyter-lite.json").write_text(json.dumps(page), encoding="utf-8")


def _run(command: Sequence[str], folder: Path, what: str) -> None:
    done = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        last = lines[-1] if lines else f"exit status {done.returncode}"
        raise RuntimeError(f"The browser kernel was not made: {what} said: {last}")
