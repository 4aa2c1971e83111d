#!/usr/bin/env bash
# Signs Windows programs with the certificate in CERTIFICATE (base64 of a .pfx) and PASSWORD; without one, says so.
set -eu
if [ -z "${CERTIFICATE:-}" ]; then
  echo "No certificate: $* stay unsigned."
  exit 0
fi
key=$(mktemp)
trap 'rm -f "$key"' EXIT
printf '%s' "$CERTIFICATE" | base64 --decode > "$key"
signtool sign -f "$key" -p "$PASSWORD" -fd SHA256 -td SHA256 -tr "${TIMESTAMP_SERVER:-http://timestamp.digicert.com}" "$@"
signtool verify -pa "$@"
