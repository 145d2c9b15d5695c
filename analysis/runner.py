"""Run a notebook on a study: the executed notebook, its page, and what make must know of it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from analysis.errors import AnalysisError
from analysis.storage import make_rules, replace_file
from analysis.study import Study

# The page is read without a network: no MathJax, RequireJS or Mermaid from elsewhere.
PAGE = """{% extends "lab/index.html.j2" %}
{% block html_head_js %}{% endblock %}
{% block html_head_js_mathjax %}{% endblock %}
{% block html_head_js_mermaidjs %}{% endblock %}"""


def run_notebook(notebook: Path | str, study: Study) -> Path:
    """Execute a notebook on a study and return its page, which is written last.

    Beside the page (HTML) stand the executed notebook and a dependency file for make. The same
    notebook on the same tables gives the same bytes: fixed hash seed, cell ids and metadata, no
    times, no user profile.

    Raises
    ------
    AnalysisError
        If it is no notebook, a cell raises an error or a cell writes to stderr; the message
        names the notebook, the cell and the last line. What stood there before stays.
    """
    import nbformat

    notebook = Path(notebook).resolve()
    executed = _read(notebook)
    with TemporaryDirectory() as scratch:
        drawn = Path(scratch, "figures")
        drawn.touch()
        _execute(executed, notebook, _environment(study, scratch, drawn))
        figures = [Path(line) for line in drawn.read_text(encoding="utf-8").splitlines()]
    title = f"{study.title}: {notebook.stem}"
    executed["metadata"] = {"title": title, "language_info": {"name": "python"}}
    page = study.processed / f"{notebook.stem}.html"
    _write(page.with_suffix(".ipynb"), nbformat.writes(executed) + "\n")
    _write(page.with_suffix(".d"), make_rules(page, [page.with_suffix(".ipynb"), *figures]))
    _write(page, _html(executed))
    return page


def _read(notebook: Path) -> Any:
    import nbformat
    from nbformat.v4.rwbase import rejoin_lines

    try:
        cells = nbformat.from_dict(json.loads(notebook.read_text(encoding="utf-8")))
        nbformat.validate(cells, version=4)
    except (OSError, ValueError, nbformat.ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise AnalysisError(f"{notebook.name}: not a notebook of format 4: {reason}") from error
    return rejoin_lines(cells)


def _environment(study: Study, scratch: str, drawn: Path) -> dict[str, str]:
    return {
        **os.environ,
        "CONCORDAT_STUDY": str(study.raw),
        "CONCORDAT_FIGURES": str(drawn),
        "IPYTHONDIR": scratch,
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "PYTHONHASHSEED": "0",
    }


def _execute(cells: Any, notebook: Path, environment: dict[str, str]) -> None:
    import matplotlib.font_manager  # noqa: F401 - its first run says on stderr that it builds a cache
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    started: list[int] = []
    client = NotebookClient(
        cells,
        km=AsyncKernelManager(
            kernel_name="python3", transport="ipc", connection_file=environment["IPYTHONDIR"] + "/k"
        ),
        extra_arguments=["--log-level=ERROR"],
        timeout=None,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(notebook.parent)}},
        on_cell_execute=lambda cell, cell_index: started.append(cell_index),
    )
    try:
        client.execute(env=environment, cleanup_kc=True)
    except (CellExecutionError, DeadKernelError) as error:
        last = cells["cells"][started[-1]]["id"] if started else "none"
        reason = _fault(cells) or f"cell {len(started)} ({last}): {error}"
        raise AnalysisError(f"{notebook.stem}: {reason}") from error
    fault = _fault(cells)
    if fault:
        raise AnalysisError(f"{notebook.stem}: {fault}")
    _mask_addresses(cells)


def _fault(cells: Any) -> str:
    """Return the first code cell that failed or wrote to stderr and its last line, or nothing."""
    code = [cell for cell in cells["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(code, start=1):
        where = f"cell {number} ({cell.get('id', 'no id')})"
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                return f"{where}: {output['ename']}: {output['evalue']}"
            if output.get("name") == "stderr":
                lines = [line for line in output["text"].splitlines() if line[:1].strip()]
                return f"{where}: it wrote to stderr: {lines[-1] if lines else ''}"
    return ""


def _mask_addresses(cells: Any) -> None:
    """Take memory addresses, which no two runs share, out of what objects say of themselves."""
    for cell in cells["cells"]:
        for output in cell.get("outputs", []):
            for holder, key in ((output, "text"), (output.get("data", {}), "text/plain")):
                if key in holder:
                    holder[key] = re.sub(r" at 0x[0-9a-f]+", " at 0x…", holder[key])


def _html(executed: Any) -> str:
    from jinja2 import DictLoader
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_file="page", extra_loaders=[DictLoader({"page": PAGE})])
    body, _ = exporter.from_notebook_node(executed)
    return str(body)


def _write(path: Path, text: str) -> None:
    with replace_file(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
