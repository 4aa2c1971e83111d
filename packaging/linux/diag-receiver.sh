#!/bin/sh
# The city's desk: a part of `diag`, which lies beside this file.
exec "$(dirname "$(readlink -f "$0")")/diag" receiver "$@"
