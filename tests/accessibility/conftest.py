"""What the window's tests use is used here too."""

from tests.ui.conftest import application, demo_folder, demo_workspace, english, make_window

__all__ = ["application", "demo_folder", "demo_workspace", "english", "make_window"]
