"""Ensembles: the same results wherever the runs are made, and when a worker is lost."""

from __future__ import annotations

import os
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dtao_edu import ensemble
from dtao_edu.engine.errors import InputError
from dtao_edu.simulation import traders
from tests.helpers.networks import network

NOISE = traders.noise(500, 1, every=2)


def asked(rules: str = "v3_low_fee", **terms: Any) -> Any:
    usual = {"runs": 6, "blocks": 20, "traders": [NOISE], "keep": "price", "compiled": False}
    return ensemble(network(rules), **(usual | terms))


def of_each_its_own_size(chance: np.random.Generator, run: int) -> dict[str, Any]:
    return {"traders": [traders.noise(500, 0.1 + float(chance.uniform()), every=2)]}


def last_mean(history: Any) -> float:
    return float(history.price[-1].mean())


@pytest.fixture(scope="module")
def here() -> Any:
    return asked(vary=of_each_its_own_size)["price"]


def test_every_run_has_chance_of_its_own(here: Any) -> None:
    assert here.shape == (6, 5)
    assert len({tuple(row) for row in here}) == 6
    assert (asked(vary=of_each_its_own_size)["price"] == here).all()
    assert (asked(vary=of_each_its_own_size, seed=1)["price"] != here).all()
    fewer = asked(vary=of_each_its_own_size, runs=2)["price"]
    assert (fewer == here[:2]).all()


def test_a_process_pool_gives_the_same(here: Any) -> None:
    with ProcessPoolExecutor(2) as pool:
        there = asked(vary=of_each_its_own_size, executor=pool)["price"]
        batched = asked(vary=of_each_its_own_size, executor=pool, batch=4)["price"]
    assert (there == here).all()
    assert (batched == here).all()


def dies_once(chance: np.random.Generator, run: int) -> dict[str, Any]:
    marker = Path(os.environ["DTAO_EDU_TEST_MARKER"])
    if run == 2 and not marker.exists():
        marker.write_text("died")
        os._exit(1)
    return of_each_its_own_size(chance, run)


def test_a_lost_worker_changes_nothing(
    here: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DTAO_EDU_TEST_MARKER", str(tmp_path / "marker"))
    with ProcessPoolExecutor(2) as pool:
        there = asked(vary=dies_once, executor=pool)["price"]
    assert (tmp_path / "marker").exists()
    assert (there == here).all()


def test_dask_gives_the_same_with_a_worker_lost(
    here: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setenv("DTAO_EDU_TEST_MARKER", str(tmp_path / "marker"))
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        there = asked(vary=dies_once, executor=client.get_executor())["price"]
    assert (there == here).all()


class Watched(Executor):
    """Runs in threads, and counts how many batches are waiting at once."""

    def __init__(self) -> None:
        self.pool, self._max_workers = ThreadPoolExecutor(1), 1
        self.under_way = self.most = 0

    def submit(self, fn: Any, /, *args: Any, **terms: Any) -> Future[Any]:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        future = self.pool.submit(fn, *args, **terms)
        future.add_done_callback(lambda _: setattr(self, "under_way", self.under_way - 1))
        return future


def test_runs_are_handed_out_as_they_are_needed(here: Any) -> None:
    executor = Watched()
    there = asked(vary=of_each_its_own_size, executor=executor, runs=20)
    assert (there["price"][:6] == here).all()
    assert executor.most <= 2


def test_only_what_is_asked_for_is_kept() -> None:
    many = asked(keep={"mean": last_mean, "rich": "wealth of noise", "shares": "share"})
    assert many["mean"].shape == (6,)
    assert many["rich"].shape == (6,)
    assert many["shares"].shape == (6, 5)
    assert len(many) == 6
    assert asked(keep=last_mean)["last_mean"] == pytest.approx(many["mean"])
    assert "6 runs" in repr(many)


def is_compiled(history: Any) -> float:
    return float(history.about["compiled"])


def test_many_short_runs_are_worth_compiling_together(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    monkeypatch.setattr("dtao_edu.simulation.ensembles.WORTH_COMPILING", 100)
    # test_compiled.py has the same loop, and compiled code is kept on disk.
    terms: dict[str, Any] = {"keep": is_compiled, "compiled": None, "runs": 5}
    terms["rules"] = "net_flow_kept"
    assert asked(**terms)["is_compiled"].all()
    assert not asked(**terms | {"runs": 4})["is_compiled"].any()
    assert not asked(**terms | {"compiled": False})["is_compiled"].any()
    with ThreadPoolExecutor(1) as pool:  # each worker would compile for itself
        assert not asked(**terms, executor=pool)["is_compiled"].any()
    exact = network("v3_low_fee", exact=True)
    many = ensemble(exact, 5, blocks=20, keep=is_compiled)
    assert not many["is_compiled"].any()


def test_bands_hold_the_part_they_promise() -> None:
    many = asked(runs=40, keep="price")
    low, middle, high = many.band("price", 0.8)
    assert (low <= middle).all()
    assert (middle <= high).all()
    inside = ((many["price"] >= low) & (many["price"] <= high)).mean(axis=0)
    assert inside == pytest.approx(0.8, abs=0.05)
    assert many.quantiles("price", [0.5])[0] == pytest.approx(middle)


def fails(chance: np.random.Generator, run: int) -> dict[str, Any]:
    return {"blocks": -1 if run == 3 else 5}


def test_a_fault_of_a_run_is_not_hidden() -> None:
    with pytest.raises(InputError, match="blocks is -1"):
        asked(vary=fails)
    with ProcessPoolExecutor(1) as pool, pytest.raises(InputError, match="blocks is -1"):
        asked(vary=fails, executor=pool)


@pytest.mark.parametrize(
    ("change", "named"),
    [({"runs": 0}, "runs"), ({"batch": 0}, "batch"), ({"keep": "colour"}, "keep")],
)
def test_wrong_input_is_refused_by_name(change: dict[str, Any], named: str) -> None:
    with pytest.raises(InputError) as refused:
        asked(**change)
    assert refused.value.argument == named


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(InputError, match="colour"):
        asked(runs=1)["colour"]
