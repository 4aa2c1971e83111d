#!/bin/sh
# Starts the program it is called by: `qizhen` the window, `diag` the command line.
# dpkg puts this file in place after all others of the package, so it never names a version that is not whole.
case "$(basename "$0")" in
diag) exec "/usr/lib/qizhen/@BUILD@/diag" "$@" ;;
*) exec "/usr/lib/qizhen/@BUILD@/QiZhen" "$@" ;;
esac
