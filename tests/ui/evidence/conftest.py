"""Windows on the evidence of the demonstration factory."""

from tests.ui.case.conftest import open_page

__all__ = ["open_page"]
