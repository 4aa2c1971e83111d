"""Where the frozen app starts; the renderer's own process starts here too."""

import sys

from diag_app.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
