"""What it takes the kernel to make each widget, against a box of four plain ipywidgets in the same kernel.

    python benchmarks/widget_creation.py [--runs 20]

In a real kernel, on a project with a clip and a tune: from the call until the widget is there, its messages handed
to the wire. The first of each imports and reads files, and is told apart.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from nemo_nb.engine.launch import retire

CELL = """
import json, statistics, time
import ipywidgets, nemo_nb as nemo

project = nemo.connect("embedded")
project.upload(*nemo.make_samples(seconds=4))
project.say("add this background music to my video")

def box():
    return ipywidgets.VBox([ipywidgets.HTML(), ipywidgets.Text(), ipywidgets.Button(), ipywidgets.Output()])

makers = {"box": box, **{name: (lambda made=getattr(nemo, name): made(project)) for name in
          ("UploadPicker", "ChatCell", "TimelineTable", "ExportPreview", "Studio")}}
spent = {name: [] for name in makers}
for _ in range(RUNS + 1):
    for name, make in makers.items():
        began = time.perf_counter()
        widget = make()
        spent[name].append((time.perf_counter() - began) * 1000)
        widget.close()
print(json.dumps({name: (times[0], statistics.median(times[1:])) for name, times in spent.items()}))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["NEMO_NB_HOME"] = str(Path(name) / "home")
        cell = nbformat.v4.new_code_cell(CELL.replace("RUNS", str(options.runs)))
        notebook = nbformat.v4.new_notebook(cells=[cell])
        try:
            NotebookClient(notebook, timeout=300, resources={"metadata": {"path": name}}).execute()
        finally:
            retire(Path(name) / "home")
    said = "".join(output.text for output in cell.outputs if output.get("name") == "stdout")
    figures = json.loads(said.splitlines()[-1])
    plain = figures["box"][1]
    for name, (first, median) in figures.items():
        print(f"{name:<14} first {first:6.1f} ms   median {median:6.1f} ms   {median / plain:4.1f} boxes")


if __name__ == "__main__":
    main()
