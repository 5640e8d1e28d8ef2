#!/bin/sh
# Make sure that there is a Chromium for the browser tests, with and without windows: the named one,
# the system's, or Debian's.
set -eu
if [ -n "${CHROMIUM:-}" ]; then exit 0; fi
if [ -x /usr/bin/chromium ] && [ -x /usr/bin/chromium-headless-shell ]; then exit 0; fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get > /dev/null; then
    echo "Install Chromium, or set CHROMIUM to its path: the browser tests need one." >&2
    exit 1
fi
apt-get -qq -o DPkg::Lock::Timeout=500 update
DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=500 \
    install --no-install-recommends chromium chromium-headless-shell > /dev/null
