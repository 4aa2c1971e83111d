"""Where the frozen app starts. The renderer's process starts here too, which `freeze_support` tells apart."""

import sys
from multiprocessing import freeze_support

if __name__ == "__main__":
    freeze_support()
    from diag_app.__main__ import main

    sys.exit(main())
