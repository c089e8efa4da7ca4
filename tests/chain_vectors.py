"""Hold the engine to a file of cases: python tests/chain_vectors.py FILE [FILE ...].

A case is {"id", "quantity", "inputs", "expected", "tolerance"}, and says beside it where
it comes from. Every case is asked of the engine by its quantity. Printed are how many
agree, every disagreement with both values, and every quantity that is not modelled.
The exit status is 1 if a case disagrees.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tests.chain.cases import read, run  # noqa: E402  (found through the path above)


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    failed = False
    for name in arguments:
        report = run(read(Path(name)))
        print(f"{name}: {report.cases} cases")
        print(f"{len(report.agree)} agree, {len(report.disagree)} disagree")
        for line in report.disagree:
            print(f"  {line}")
        missing = sum(report.not_modelled.values())
        print(f"{missing} of quantities that are not modelled")
        for quantity, count in sorted(report.not_modelled.items()):
            print(f"  {quantity}: {count}")
        failed = failed or bool(report.disagree)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
