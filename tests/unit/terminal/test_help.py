from __future__ import annotations

from click.testing import CliRunner

from classroom_matrix.cli import app


def test_help_cuts_no_sentence() -> None:
    output = CliRunner(env={"COLUMNS": "80"}).invoke(app, ["--help"]).output
    assert "doctor" in output
    assert "..." not in output.partition("Commands:")[2]
