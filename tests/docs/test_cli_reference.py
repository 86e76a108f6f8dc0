"""The reference of the command line is complete and is what the program says of itself."""

from __future__ import annotations

from builders import cli_reference
from tests.docs.pages import text


def test_the_page_is_what_the_program_says_of_itself() -> None:
    advice = "run ./run build cli-reference"
    assert text(cli_reference.PAGE) == cli_reference.page(), advice


def test_every_command_and_every_option_is_on_the_page_with_its_meaning() -> None:
    page = text(cli_reference.PAGE)
    found = list(cli_reference.commands())
    assert {"fairlead", "fairlead assess"} <= {name for name, _ in found}
    for name, command in found:
        assert f"## `{name}`" in page
        assert command.help, f"{name} does not say what it is for"
        for parameter in command.params:
            call = parameter.opts[0] if parameter.param_type_name == "option" else parameter.metavar
            assert call in page, (name, call)
            assert parameter.help, f"{name} {call} does not say what it is for"


def test_the_usage_line_shows_what_must_be_given() -> None:
    usage = {name: cli_reference.usage(name, command) for name, command in cli_reference.commands()}
    assert usage["fairlead assess"] == "fairlead assess PATH… --out DIR [OPTIONS]"
    assert usage["fairlead"] == "fairlead [OPTIONS] COMMAND …"
