#!/usr/bin/env bash
# Build the container image with buildah.
#
#   BASE=…   another base image; by default the Dockerfile's own, or, where its registry cannot be reached, a Debian
#            root file system with Python made by debootstrap (needs root)
#   IMAGE=…  the name to give (default localhost/ats:dev)
set -eu
cd "$(dirname "$0")/../.."
. scripts/image/env.sh

stand_in=localhost/python-stand-in:bookworm

make_stand_in() {
  command -v debootstrap >/dev/null || die "The base image cannot be pulled and debootstrap is missing: apt-get install debootstrap"
  [ "$(id -u)" = 0 ] || die "The base image cannot be pulled; making a stand-in with debootstrap needs root."
  say "no registry within reach: making $stand_in with debootstrap (a few minutes)"
  rm -rf "$STORE/rootfs"
  debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm "$STORE/rootfs" \
    ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >"$STORE/debootstrap.log" 2>&1 || die "debootstrap failed; see $STORE/debootstrap.log"
  rm -rf "$STORE"/rootfs/var/cache/apt/archives/*.deb "$STORE"/rootfs/var/lib/apt/lists/*
  local container
  container=$(in_store from scratch)
  in_store copy --quiet "$container" "$STORE/rootfs" / >/dev/null
  in_store commit --quiet "$container" "$stand_in" >/dev/null
  in_store rm "$container" >/dev/null
  rm -rf "$STORE/rootfs"
}

choose_base() {
  local named
  named=$(sed -n 's/^ARG BASE=//p' Dockerfile)
  if in_store inspect --type image "$stand_in" >/dev/null 2>&1; then
    base=$stand_in
  elif timeout 60 "${BUILDAH[@]}" pull --quiet "docker.io/library/$named" >/dev/null 2>&1; then
    base=docker.io/library/$named
  else
    make_stand_in
    base=$stand_in
  fi
}

base=${BASE:-}
[ -n "$base" ] || choose_base

# The builder trusts what this machine trusts, without any of it staying in the image.
trust=()
if [ -f /etc/ssl/certs/ca-certificates.crt ]; then
  trust=(--volume /etc/ssl/certs/ca-certificates.crt:/etc/ssl/certs/ca-certificates.crt:ro)
fi

say "building $IMAGE on $base"
started=$(date +%s)
in_store bud --quiet --format docker --network host --build-arg "BASE=$base" "${trust[@]}" --tag "$IMAGE" . >/dev/null
say "built in $(($(date +%s) - started)) s"
