"""The one form of a notebook: the same bytes each time, and every fault named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from authoring.__main__ import main
from authoring.normal_form import (
    form_faults,
    normal_form,
    write,
)
from dtao_edu.lessons.notebook_form import dumps

VIEW = "application/vnd.jupyter.widget-view+json"


def cell(source: str = "1", *outputs: Any, kind: str = "code", **about: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"cell_type": kind, "metadata": about, "source": source}
    if kind == "code":
        made |= {"outputs": list(outputs), "execution_count": 7}
    return made


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def result(**data: Any) -> dict[str, Any]:
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 7}


def normal(*cells: dict[str, Any], **about: Any) -> dict[str, Any]:
    return normal_form({"cells": list(cells), "metadata": about}, "05_staking.ipynb")


def stored(folder: Path, *cells: dict[str, Any]) -> Path:
    path = folder / "05_staking.ipynb"
    path.write_text(dumps(normal(*cells)), encoding="utf-8")
    return path


def test_the_form_of_the_form_is_itself() -> None:
    once = normal(cell("print(1)", stream("a"), stream("b")), cell("text", kind="markdown"))
    assert dumps(normal_form(once, "05_staking.ipynb")) == dumps(once)


def test_ids_and_counts_go_by_position() -> None:
    book = normal(cell("text", kind="markdown"), cell(), cell())
    assert [one["id"] for one in book["cells"]] == ["05-001", "05-002", "05-003"]
    assert [one.get("execution_count") for one in book["cells"]] == [None, 1, 2]
    named = normal_form({"cells": [cell()]}, "the talk.ipynb")
    assert named["cells"][0]["id"] == "the-talk-001"


def test_a_result_counts_as_its_cell_does() -> None:
    book = normal(cell("1", result(**{"text/plain": "1"})))
    assert book["cells"][0]["outputs"][0]["execution_count"] == 1


def test_a_cell_that_never_ran_stays_so() -> None:
    book = normal({**cell(), "execution_count": None}, cell())
    assert [one["execution_count"] for one in book["cells"]] == [None, 1]


def test_only_what_the_course_reads_is_kept_of_the_metadata() -> None:
    about = {"tags": ["b", "a", "b"], "notes": "2 min.", "collapsed": True, "ExecuteTime": 3}
    book = normal(cell(**about), widgets={"state": {}}, dtao_edu={"given": {}}, authors=["x"])
    assert book["cells"][0]["metadata"] == {"tags": ["a", "b"], "notes": "2 min."}
    assert set(book["metadata"]) == {"kernelspec", "language_info", "dtao_edu"}
    assert "version" not in book["metadata"]["language_info"]


def test_the_live_view_goes_and_its_twin_stays() -> None:
    data = {VIEW: {"model_id": "random"}, "image/png": ["QUJD\n", "REVG\n"], "text/plain": "It."}
    (output,) = normal(cell("show()", result(**data)))["cells"][0]["outputs"]
    assert output["data"] == {"image/png": "QUJDREVG", "text/plain": ["It."]}


def test_printing_in_parts_is_one_output_and_a_rewritten_line_is_the_last_one() -> None:
    parts = (stream("10 %\r"), result(**{"text/plain": "1"}), stream("20 %\rdone\n"))
    outputs = normal(cell("run()", *parts))["cells"][0]["outputs"]
    assert [output["output_type"] for output in outputs] == ["stream", "execute_result"]
    assert outputs[0]["text"] == ["done\n"]


def test_an_error_keeps_what_it_says() -> None:
    error = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"], "x": 1}
    assert normal(cell("1", error))["cells"][0]["outputs"] == [
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"]}
    ]


def test_a_notebook_in_the_form_has_no_faults(tmp_path: Path) -> None:
    assert form_faults(stored(tmp_path, cell("1 + 1", result(**{"text/plain": "2"})))) == []


def test_another_form_is_named(tmp_path: Path) -> None:
    path = stored(tmp_path, cell())
    path.write_text(path.read_text().replace('"05-001"', '"other"'))
    assert form_faults(path) == [
        "05_staking.ipynb is not in the one form; write it with the normaliser."
    ]


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (cell(""), "is empty"),
        ({**cell(), "execution_count": None}, "was never run"),
        (cell("draw();"), "semicolon"),
        (cell("%matplotlib inline\n1"), "%matplotlib"),
        (cell("  !ls"), "!ls"),
        (cell("%%time\n1"), "%%time"),
        (cell("1", stream("careful", "stderr")), "warning"),
        (cell("f", result(**{"text/plain": "<function at 0x7f00ab12cd>"})), "memory address"),
        (cell("p", stream("in /home/anna/dtao\n")), "stores /home/anna..., a path"),
        (cell("p", result(**{"text/plain": r"'C:\Users\anna'"})), "a path of the machine"),
        (cell("w", result(**{"text/plain": "VBox(children=())"})), "widget without"),
        (
            cell("1/0", {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}),
            "error E",
        ),
    ],
)
def test_each_fault_of_a_code_cell_is_named(
    tmp_path: Path, bad: dict[str, Any], fault: str
) -> None:
    (found,) = form_faults(stored(tmp_path, cell("fine", kind="markdown"), bad))
    assert found.startswith("05_staking.ipynb, cell 2, ")
    assert fault in found


def test_an_announced_error_is_no_fault(tmp_path: Path) -> None:
    error = {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}
    assert form_faults(stored(tmp_path, cell("1/0", error, tags=["raises-exception"]))) == []


def test_a_web_address_is_no_path_of_a_machine(tmp_path: Path) -> None:
    assert form_faults(stored(tmp_path, cell("p", stream("https://a.b/usr/c and a/tmp/b")))) == []


def test_a_percent_sign_inside_a_line_is_no_magic(tmp_path: Path) -> None:
    assert form_faults(stored(tmp_path, cell("a = 7 % 3\nb = 1 != 2"))) == []


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"cells": [{}]}'])
def test_what_is_no_notebook_is_one_fault(tmp_path: Path, content: str) -> None:
    path = tmp_path / "05.ipynb"
    path.write_text(content)
    (fault,) = form_faults(path)
    assert "not a readable notebook" in fault


@pytest.mark.slow
def test_writing_runs_from_the_top_in_the_notebooks_folder_and_twice_is_once(
    tmp_path: Path,
) -> None:
    (tmp_path / "here.txt").write_text("found")
    path = stored(tmp_path, cell("a = open('here.txt').read()"), cell("print(a)\n2 * 21"))
    assert write(path)
    first = path.read_text()
    assert not write(path)
    assert path.read_text() == first
    outputs = json.loads(first)["cells"][1]["outputs"]
    assert outputs[0]["text"] == ["found\n"]
    assert outputs[1]["data"] == {"text/plain": ["42"]}
    assert form_faults(path) == []


@pytest.mark.slow
def test_a_run_keeps_its_answers_out_of_the_progress_and_stops_at_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DTAO_EDU_DATA", "mine")
    path = stored(tmp_path, cell("import os\nassert os.environ['DTAO_EDU_DATA'] == 'mine'"))
    before = path.read_text()
    assert main(["write", str(path)]) == 1
    assert "05_staking.ipynb stopped with an error" in capsys.readouterr().out
    assert path.read_text() == before


def test_the_answer_of_a_prediction_is_folded_until_its_cell_is_run():
    def code(*tags, **jupyter):
        return {
            "cell_type": "code", "source": "1", "outputs": [], "execution_count": 1,
            "metadata": {"tags": list(tags), "jupyter": jupyter},
        }  # fmt: skip

    text = {"cell_type": "markdown", "source": "Think.", "metadata": {}}
    book = {"cells": [code("prediction"), text, code(), code(source_hidden=True)]}
    asks, _, answers, later = normal_form(book, "05_x.ipynb")["cells"]
    assert asks["metadata"]["jupyter"] == {"source_hidden": True}
    assert answers["metadata"]["jupyter"] == {"outputs_hidden": True}
    assert "jupyter" not in later["metadata"]


@pytest.mark.parametrize("line", ["price_after = ...\nprice_after", "with reveal('it'):\n    1"])
def test_a_line_that_the_reader_writes_stays_open(line):
    asks = {"cell_type": "code", "source": "1", "outputs": [], "metadata": {"tags": ["prediction"]}}
    writes = {"cell_type": "code", "source": line, "outputs": [], "metadata": {}}
    _, after = normal_form({"cells": [asks, writes]}, "04_x.ipynb")["cells"]
    assert "jupyter" not in after["metadata"]


def test_a_tag_folds_other_code_and_an_answer_stays_folded_with_it():
    def code(*tags):
        return {"cell_type": "code", "source": "1", "outputs": [], "metadata": {"tags": list(tags)}}

    book = {"cells": [code("hide-input"), code("prediction"), code("hide-input"), code()]}
    cells = normal_form(book, "talk.ipynb")["cells"]
    assert [cell["metadata"].get("jupyter") for cell in cells] == [
        {"source_hidden": True},
        {"source_hidden": True},
        {"source_hidden": True, "outputs_hidden": True},
        None,
    ]
