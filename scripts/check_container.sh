#!/usr/bin/env bash
# Does the image of the Containerfile build, and does boardless predict in it? With podman or buildah where
# they can run; elsewhere it says so, and its steps are checked in minimal roots instead.
#
#   scripts/check_container.sh [--image-only]
#
#   --image-only   leaves the roots out, where scripts/check_fresh_root.sh --package runs anyway
set -euo pipefail
cd "$(dirname "$0")/.."
case ${1:-} in
  '' | --image-only) ;;
  *) echo "usage: $0 [--image-only]" >&2; exit 2 ;;
esac
image=boardless-check

arguments=()
for name in http_proxy https_proxy no_proxy; do
  if [ -n "${!name:-}" ]; then arguments+=(--build-arg "$name=${!name}"); fi
done

predict=(predict kws --target stm32f446re --format csv)
# Prints what boardless answers in the image that the tool $1 builds.
answer_in_image() {
  local container
  case $1 in
    podman)
      podman build "${arguments[@]}" -t $image . >&2 && podman run --rm $image "${predict[@]}"
      podman image rm -f $image >/dev/null
      ;;
    buildah)
      buildah build "${arguments[@]}" -t $image . >&2
      container=$(buildah from $image)
      buildah run "$container" -- boardless "${predict[@]}"
      buildah rm "$container" >/dev/null
      buildah rmi -f $image >/dev/null
      ;;
  esac
}

for tool in podman buildah; do
  command -v $tool >/dev/null || continue
  if ! $tool info >/dev/null 2>&1; then
    echo "check_container: $tool is here, but cannot run here"
    continue
  fi
  answer=$(answer_in_image $tool)
  grep -q 'kws.*stm32f446re' <<<"$answer" || {
    echo "check_container: boardless in the image answers: $answer" >&2
    exit 1
  }
  echo "check_container: the image was built and used with $tool"
  exit 0
done
echo "check_container: neither podman nor buildah can run here; check_fresh_root.sh --package takes the same steps"
[ "${1:-}" != --image-only ] || exit 0
exec scripts/check_fresh_root.sh --plain --package
