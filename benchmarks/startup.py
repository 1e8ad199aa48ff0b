"""What importing the library costs, as a multiple of importing Pydantic.

    python benchmarks/startup.py [RUNS]

Each figure is the median CPU time (user and system) of RUNS fresh interpreters; the three
kinds take turns, so that a busy machine weighs on all alike. Two ratios are printed: of the
whole processes, and of the imports alone, with the interpreter's own start taken off.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys

CODE = {
    "interpreter": "pass",
    "pydantic": "from pydantic import BaseModel",
    "summarizer": "from summarizer import Summarizer, SituationSummary",
}


def cpu_seconds(code: str) -> float:
    """CPU seconds of one fresh interpreter that runs `code`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def main(runs: int) -> None:
    """Measure and print."""
    for code in CODE.values():  # once unmeasured, for the byte code and the disk's cache
        cpu_seconds(code)
    samples: dict[str, list[float]] = {name: [] for name in CODE}
    for _ in range(runs):
        for name, code in CODE.items():
            samples[name].append(cpu_seconds(code))
    median = {name: statistics.median(values) for name, values in samples.items()}
    for name, seconds in median.items():
        print(f"{name:12} {seconds * 1000:6.0f} ms CPU  {CODE[name]}")
    start = median["interpreter"]
    alone = (median["summarizer"] - start) / (median["pydantic"] - start)
    print(f"whole processes: {median['summarizer'] / median['pydantic']:.2f} x")
    print(f"imports alone:   {alone:.2f} x")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
