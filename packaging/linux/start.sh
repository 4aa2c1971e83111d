#!/bin/sh
# Starts the program it is called by: `qizhen` the window, `diag` and `diag-receiver` the command lines.
# dpkg puts this file in place after all others of the package, so it never names a version that is not whole.
case "$(basename "$0")" in
diag) exec "/usr/lib/qizhen/@BUILD@/diag" "$@" ;;
diag-receiver) exec "/usr/lib/qizhen/@BUILD@/diag" receiver "$@" ;;
*) exec "/usr/lib/qizhen/@BUILD@/QiZhen" "$@" ;;
esac
