"""The reference of the API is complete and is what the OpenAPI document says."""

from __future__ import annotations

from builders import api_reference
from tests.docs.pages import text


def test_the_page_is_what_the_document_says() -> None:
    assert text(api_reference.PAGE) == api_reference.page(), "run ./run build api-reference"


def test_every_operation_has_a_section_that_says_what_it_is_for() -> None:
    page = text(api_reference.PAGE)
    from fairlead.web.api.document import operations  # noqa: PLC0415  (after the builder has set Django up)

    for path, method, operation in operations():
        assert f"### `{method.upper()} {path}`" in page
        assert len(operation["summary"]) > 5
