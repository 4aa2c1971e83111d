#!/usr/bin/env bash
# Makes the disk image of the app: package_macos.sh APP FOLDER. Signs it with IDENTITY and has it notarised by the stored
# NOTARY_PROFILE, each where it is given; an unsigned app is opened by the person's right click alone.
set -eu
app=$1 folder=$2
version=$(python3 -c 'import sys; sys.path.insert(0, "packaging"); import product; print(product.version())')
image="$folder/qizhen-$version-macos.dmg"
mkdir -p "$folder"
if [ -n "${IDENTITY:-}" ]; then
  codesign --force --deep --options runtime --timestamp --sign "$IDENTITY" "$app"
  codesign --verify --deep --strict "$app"
else
  echo "No identity: $app stays unsigned."
fi
hdiutil create -volname QiZhen -srcfolder "$app" -ov -format UDZO "$image"
if [ -n "${NOTARY_PROFILE:-}" ]; then
  xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
  xcrun stapler staple "$image"
fi
