#!/usr/bin/env bash
# Run the built image once, for real: the service must come up as uid 10001, answer its own health check and the
# documentation, and end on SIGTERM. Without an external database it uses the embedded one.
set -eu
cd "$(dirname "$0")/../.."
. scripts/image/env.sh

port=${PORT:-18080}
log=$STORE/smoke.log
answer() { curl --silent --output "$1" --write-out '%{http_code}' --max-time 5 "http://127.0.0.1:$port$2" || true; }

container=$(in_store from "$IMAGE")
runner=
finish() {
  [ -z "$runner" ] || kill "$runner" 2>/dev/null || true
  in_store rm "$container" >/dev/null
}
trap finish EXIT

configured=$(in_store inspect --format '{{.OCIv1.Config.User}}' "$IMAGE")
[ "$configured" = 10001 ] || die "the image's user is '$configured', not 10001"
in_store inspect --format '{{.Docker.Config.Healthcheck}}' "$IMAGE" | grep -q healthz || die "the image has no health check"

uid=$(in_store run "$container" -- python3 -c 'import os; print(os.getuid())')
[ "$uid" = 10001 ] || die "the container runs as uid $uid, not 10001"

say "starting the service on port $port"
# Not through a function: $! must be buildah itself, which hands the signal on.
"${BUILDAH[@]}" run --network host --env ATS_ENV=dev "$container" -- ats serve --host 127.0.0.1 --port "$port" >"$log" 2>&1 &
runner=$!

status=000
for _ in $(seq 60); do
  status=$(answer /dev/null /healthz)
  [ "$status" = 200 ] && break
  kill -0 "$runner" 2>/dev/null || die "the service ended by itself: $(tail -n 20 "$log")"
  sleep 1
done
[ "$status" = 200 ] || die "/healthz answered $status after a minute: $(tail -n 20 "$log")"

for path in /readyz /openapi.json /docs; do
  status=$(answer /dev/null "$path")
  [ "$status" = 200 ] || die "$path answered $status: $(tail -n 20 "$log")"
done
status=$(answer /dev/null /api/v1/jobs)
[ "$status" = 401 ] || die "/api/v1/jobs without credentials answered $status, not 401"

stopping=$(date +%s)
kill -TERM "$runner"
wait "$runner" || true
runner=
status=$(answer /dev/null /healthz)
[ "$status" = 000 ] || die "the service still answers after SIGTERM"
say "uid $uid, /healthz 200, /readyz 200, /docs 200, ended $(($(date +%s) - stopping)) s after SIGTERM"
