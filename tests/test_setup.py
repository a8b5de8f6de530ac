"""The set-up holds together: one list of dependencies, pinned, and nothing in the README that is not there."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from reconcile import resources

ROOT = Path(__file__).resolve().parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))
README = (ROOT / "README.md").read_text(encoding="utf8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf8")

# Where conda-forge calls a package otherwise than pip does: pip's name to conda-forge's. (None today.)
CONDA_NAMES: dict[str, str] = {}
NOT_ON_CONDA_FORGE = {"fontpkg-ibm-plex-sans-arabic"}


def requirements(lines: list[str]) -> dict[str, str]:
    """Canonical names with their version bounds."""
    parsed = [Requirement(line) for line in lines]
    return {canonicalize_name(requirement.name): str(requirement.specifier) for requirement in parsed}


def direct() -> dict[str, str]:
    return requirements(PROJECT["project"]["dependencies"])


def pins() -> dict[str, list[Requirement]]:
    found: dict[str, list[Requirement]] = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf8").splitlines():
        if line and not line.startswith("#"):
            pin = Requirement(line)
            found.setdefault(canonicalize_name(pin.name), []).append(pin)
    return found


def test_dependencies_are_sorted_and_bounded_below() -> None:
    names = list(direct())
    assert names == sorted(names)
    assert all(bound.startswith(">=") for bound in direct().values())


def test_conda_environment_lists_the_same_dependencies() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf8"))
    assert environment["channels"] == ["conda-forge"]
    listed = [line for line in environment["dependencies"] if isinstance(line, str) and line != "pip"]
    (from_pip,) = [line["pip"] for line in environment["dependencies"] if isinstance(line, dict)]
    conda = direct().keys() - NOT_ON_CONDA_FORGE
    expected = {CONDA_NAMES.get(name, name): direct()[name] for name in conda}
    expected["python"] = PROJECT["project"]["requires-python"]
    assert requirements(listed) == expected
    assert requirements(from_pip) == {name: direct()[name] for name in NOT_ON_CONDA_FORGE}


def test_every_dependency_is_pinned_within_its_bounds() -> None:
    extras = [line for lines in PROJECT["project"]["optional-dependencies"].values() for line in lines]
    wanted = direct() | requirements(extras)
    pinned = pins()
    assert not wanted.keys() - pinned.keys(), "run `make lock`"
    for name, bound in wanted.items():
        for pin in pinned[name]:
            (version,) = pin.specifier
            assert version.operator == "=="
            assert Requirement(f"{name}{bound}").specifier.contains(version.version), (
                f"{pin}: run `make lock`"
            )


def test_what_is_installed_here_is_what_is_pinned() -> None:
    """Also that the lock covers the whole closure on this platform: an unpinned package may change under us."""
    from importlib.metadata import distributions

    if os.environ.get("CI") is None:
        pytest.skip("only where the environment was made from the constraints alone, as in CI")
    tools = {"pip", "setuptools", "wheel", "reconcile"}
    installed = {canonicalize_name(dist.name): dist.version for dist in distributions()}
    pinned = {
        name: {
            next(iter(pin.specifier)).version for pin in lines if pin.marker is None or pin.marker.evaluate()
        }
        for name, lines in pins().items()
    }
    astray = {name: version for name, version in installed.items() if version not in pinned.get(name, set())}
    assert not astray.keys() - tools


@pytest.mark.parametrize(
    "name", ["constraints.txt", "environment.yml", "pyproject.toml", "Makefile", ".ci/run"]
)
def test_no_registry_is_named(name: str) -> None:
    """Everyone's own pip or conda says where packages come from."""
    text = (ROOT / name).read_text(encoding="utf8")
    assert not re.search(r"(?m)://|--(extra-index-url|index-url|find-links|trusted-host)\b|^-[if] ", text)


# What we import as another name than it is installed by, and what comes with a dependency of ours on purpose.
EXTRA = {"docx", "pypdf"}  # of the extra `documents`, and only where it is installed
IMPORTED_AS = {"pyyaml": "yaml", "currencyconverter": "currency_converter", "vl-convert-python": "vl_convert"}
COMES_WITH = {
    "pandas": "great-expectations",
    "numpy": "great-expectations",
    "nbformat": "papermill",
    "nbclient": "papermill",
    "jupyter_client": "ipykernel",
    "jupyter_core": "ipykernel",
    "IPython": "ipykernel",
    "traitlets": "ipykernel",
    "click": "typer",
    "markupsafe": "jinja2",
}
# Installed to be run, or to be found by another dependency.
NEVER_IMPORTED = {"jupyterlab", "lxml-html-clean", "pyarrow"}


def imported_roots() -> set[str]:
    roots = set()
    for path in (ROOT / "reconcile").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            if isinstance(node, ast.Import):
                roots |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                roots.add((node.module or "").partition(".")[0])
    return roots - set(sys.stdlib_module_names) - {"reconcile"}


def test_what_is_imported_is_what_is_depended_on() -> None:
    available = {IMPORTED_AS.get(name, name.replace("-", "_")) for name in direct()}
    imported = imported_roots()
    assert not imported - available - COMES_WITH.keys() - EXTRA, (
        "add it to pyproject.toml and environment.yml, `make lock`"
    )
    assert set(COMES_WITH.values()) <= direct().keys()
    unused = [name for name in direct() if IMPORTED_AS.get(name, name.replace("-", "_")) not in imported]
    assert set(unused) <= NEVER_IMPORTED, "a dependency that nothing imports"


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):.*## ", MAKEFILE, flags=re.MULTILINE))


def test_modules_that_make_runs_exist() -> None:
    modules = re.findall(r"-m (tests\.[a-z_.]+)", MAKEFILE)
    assert modules
    assert all((ROOT / f"{module.replace('.', '/')}.py").is_file() for module in modules)


def test_make_targets_that_the_docs_name_exist() -> None:
    docs = "\n".join(
        (ROOT / name).read_text(encoding="utf8") for name in ("README.md", "CONTRIBUTING.md", ".ci/run")
    )
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", docs, flags=re.MULTILINE))
    assert {"run", "test", "lab", "help"} <= named
    assert not named - targets()


def test_every_make_target_is_documented() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf8")
    missing = {name for name in targets() if f"make {name}" not in README + contributing}
    assert not missing
    (phony,) = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, flags=re.MULTILINE)
    assert set(phony.split()) == targets()


def test_commands_that_the_readme_names_exist() -> None:
    main = pytest.importorskip("reconcile.cli", reason="reconcile.cli is not written yet")
    import typer.main

    named = set(re.findall(r"`reconcile ([a-z]+)", README))
    assert named
    assert not named - set(typer.main.get_command(main.app).commands)  # type: ignore[attr-defined]


def test_links_of_the_docs_lead_somewhere() -> None:
    for doc in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / doc).read_text(encoding="utf8")
        links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
        missing = [link for link in links if link and not (ROOT / link).exists()]
        assert not missing, f"{doc}: {missing}"


def test_the_package_looks_where_the_wheel_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folders that the build hook packs exist, and are found in an installed package that has no checkout."""
    hook = (ROOT / "tools" / "pack_resources.py").read_text(encoding="utf8")
    (folders,) = re.findall(r"^FOLDERS = (.*)$", hook, flags=re.MULTILINE)
    found = {"notebooks": resources.notebooks_dir, "expectations": resources.expectations_dir}
    found["data"] = resources.data_dir
    assert set(ast.literal_eval(folders)) == found.keys()
    assert [where() for where in found.values()] == [ROOT / name for name in found]
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "reconcile")
    monkeypatch.setattr(resources, "_CHECKOUT", tmp_path)
    assert [where() for where in found.values()] == [tmp_path / "reconcile" / f"_{name}" for name in found]


def test_every_rule_and_template_is_of_a_kind_that_git_keeps() -> None:
    """A wheel holds what git does not ignore; a data file under an ignored name would be missing from it."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    files = [p for p in (ROOT / "reconcile").rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    names = "\n".join(p.relative_to(ROOT).as_posix() for p in files)
    ignored = subprocess.run(
        ["git", "check-ignore", "--stdin"], cwd=ROOT, input=names, capture_output=True, text=True, check=False
    )
    assert ignored.stdout == ""


def make(*arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))
    }
    if path is not None:
        environment["PATH"] = f"{path}{os.pathsep}{environment['PATH']}"
    return subprocess.run(
        ["make", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


@needs_make
def test_an_old_python_is_refused_in_one_line(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf8")  # what the version check answers on Python 3.10
    old.chmod(0o755)
    refused = make("run", f"VENV={tmp_path}/venv", f"PYTHON={old}")
    assert refused.returncode != 0
    (line,) = [line for line in refused.stderr.splitlines() if "Python 3.11" in line]
    assert "make run PYTHON=" in line
    assert not (tmp_path / "venv").exists()


@needs_make
def test_help_lists_every_target() -> None:
    listed = set(re.findall(r"^  make ([a-z]+) ", make("help").stdout, flags=re.MULTILINE))
    assert listed == targets()


def test_ci_is_a_script_that_stops_at_the_first_failure() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf8").startswith("#!/usr/bin/env bash\n")
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
    assert "set -euo pipefail" in script.read_text(encoding="utf8")
