"""What is installed from a wheel has everything: the agendas, the migrations, the stylesheets, the command."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel installs, built as `make wheel` does."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder / "dist"), str(ROOT)], check=True
    )
    (wheel,) = (folder / "dist").glob("readyroom-*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", str(folder / "lib"), str(wheel)], check=True)
    return folder / "lib"


def run(installed: Path, cwd: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environ = {"PYTHONPATH": str(installed), "PATH": "/usr/bin:/bin", "HOME": str(cwd), "LANG": "C.UTF-8", "TZ": "UTC"}
    return subprocess.run([sys.executable, *words], cwd=cwd, env=environ, capture_output=True, text=True, check=False)


def test_the_program_is_the_one_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = run(installed, tmp_path, "-c", "import readyroom; print(readyroom.__file__)")
    assert where.stdout.strip() == str(installed / "readyroom" / "__init__.py")


def test_the_sample_review_is_walked_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "-m", "readyroom", "demo", "--headless", "--export", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "summary.md").read_text().count("Reliability review: checkout") >= 1


def test_every_shipped_agenda_is_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    listed = run(installed, tmp_path, "-m", "readyroom", "agenda", "list")
    for agenda in (ROOT / "agendas").glob("*.yaml"):
        assert (installed / "readyroom" / "shipped" / agenda.name).is_file()
    assert "reliability-review" in listed.stdout


def test_everything_that_is_no_python_is_in_the_wheel(installed: Path) -> None:
    source = ROOT / "src" / "readyroom"
    others = [p for p in source.rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc")]
    assert others
    for path in others:
        assert (installed / "readyroom" / path.relative_to(source)).is_file(), path
