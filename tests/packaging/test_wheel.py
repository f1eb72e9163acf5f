"""The wheel in a clean environment, with somebody else's plugin from a wheel of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


def run(*command: str | Path, cwd: Path | None = None, status: int = 0) -> str:
    """Standard output and error of a program, which has to end with `status`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=clean, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    assert status == done.returncode, done.stdout
    return done.stdout


def wheel_of(project: Path, folder: Path) -> Path:
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, project)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel_of(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """A clean virtual environment with the wheel, the versions being those of the lock file, and with the greeter."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder / "env", with_pip=True)
    # With what stands behind ";": some packages have a version of their own for some versions of Python.
    pins = re.findall(r"^[\w.-]+==[^\\\n]+", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    (folder / "constraints.txt").write_text("\n".join(pins), "utf-8")
    pip = folder / "env" / "bin" / "pip"
    greeter = wheel_of(HERE / "greeter", tmp_path_factory.mktemp("greeter"))
    run(pip, "install", "--quiet", "--constraint", folder / "constraints.txt", wheel, greeter)
    return folder / "env"


def test_the_wheel_holds_both_packages_and_their_texts(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "classroom_matrix/school.py",
        "classroom_matrix/i18n/locales/ru.ftl",
        "classroom_matrix/demo/roster.csv",
        "classroom_matrix/web/templates/done.html",
        "classroom_matrix/web/static/join.css",
        "classroom_plugins/polls/plugin.py",
        "classroom_plugins/polls/locales/en.ftl",
    ):
        assert needed in names
    assert not [name for name in names if name.startswith(("tests/", "bench/"))]


def test_the_program_answers(environment: Path, tmp_path: Path) -> None:
    assert "doctor" in run(environment / "bin" / "classroom-matrix", "--help", cwd=tmp_path)


def test_a_foreign_plugin_is_found_configured_and_talks(environment: Path, tmp_path: Path) -> None:
    config = (ROOT / "config.yaml").read_text("utf-8").replace("  polls: {}\n", "  polls: {}\n  greeter: {excited: true}\n")
    (tmp_path / "config.yaml").write_text(re.sub(r"\n    roster: .*", "", config), "utf-8")
    told = json.loads(run(environment / "bin" / "python", HERE / "dialogue.py", "config.yaml", cwd=tmp_path).splitlines()[-1])
    assert str(environment) in told["where"]
    assert told["installed"] == [
        "absence",
        "announcements",
        "consultations",
        "duties",
        "events",
        "greeter",
        "homework",
        "polls",
    ]
    assert told["options"] == "GreeterConfig(excited=True)"
    assert told["said"][:2] == ["Здравствуйте, Аня! 1 раз", "Здравствуйте, Аня! 2 раза"]
    assert "!привет Анна" in told["said"][2]


def test_a_plugin_that_two_distributions_offer_is_refused_naming_both(environment: Path, tmp_path: Path) -> None:
    project = tmp_path / "rival"
    (project / "rival").mkdir(parents=True)
    (project / "rival" / "__init__.py").write_text("plugin = None\n", "utf-8")
    toml = (HERE / "greeter" / "pyproject.toml").read_text("utf-8")
    toml = toml.replace("classroom-greeter", "rival-greeter").replace("classroom_greeter.plugin:plugin", "rival:plugin")
    (project / "pyproject.toml").write_text(toml.replace('"classroom_greeter"', '"rival"'), "utf-8")
    pip = environment / "bin" / "pip"
    run(pip, "install", "--quiet", "--no-deps", wheel_of(project, tmp_path / "dist"))
    try:
        said = run(
            environment / "bin" / "python",
            "-c",
            "from classroom_matrix.i18n import Catalogue; from classroom_matrix.runtime.registry import find_plugins;"
            " find_plugins(['greeter'], Catalogue.core())",
            cwd=tmp_path,
            status=1,
        )
    finally:
        run(pip, "uninstall", "--quiet", "--yes", "rival-greeter")
    assert "classroom-greeter and rival-greeter" in said
