# Sourced by build.sh and smoke.sh: one buildah store inside build/, no daemon, no privileges beyond those of the caller.
# shellcheck shell=bash
IMAGE=${IMAGE:-localhost/ats:dev}
STORE=$PWD/build/image
export BUILDAH_ISOLATION=${BUILDAH_ISOLATION:-chroot} STORAGE_DRIVER=${STORAGE_DRIVER:-overlay}
mkdir -p "$STORE"

say() { printf '[image] %s\n' "$*"; }
die() {
  say "$*" >&2
  exit 1
}
BUILDAH=(buildah --root "$STORE/storage" --runroot "$STORE/run")
in_store() { "${BUILDAH[@]}" "$@"; }

command -v buildah >/dev/null ||
  die "buildah is missing. On Debian and Ubuntu: apt-get install --no-install-recommends buildah crun"
