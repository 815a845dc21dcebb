#!/usr/bin/env bash
# The step of action.yml: $BUDGET against the boardless on the path, or one in a container that is built from the
# action's own checkout. Writes $JUNIT and $MARKDOWN, annotations, the step's summary and its output `status`.
set -uo pipefail

boardless() {
  if [ -n "$(type -P boardless)" ]; then
    command boardless "$@"
    return
  fi
  docker image inspect boardless-action >/dev/null 2>&1 || docker build -q -t boardless-action "$GITHUB_ACTION_PATH" >/dev/null || return 2
  local mounts=(-v "$PWD:/work") variables=()
  if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    mounts+=(-v "$GITHUB_STEP_SUMMARY:$GITHUB_STEP_SUMMARY")
    variables=(-e GITHUB_STEP_SUMMARY)
  fi
  docker run --rm "${mounts[@]}" "${variables[@]}" boardless-action "$@"
}

read -ra arguments <<<"${ARGUMENTS:-}"
boardless check "$BUDGET" --github --junit "$JUNIT" --format markdown -o "$MARKDOWN" "${arguments[@]}"
status=$?
if [ -n "${GITHUB_OUTPUT:-}" ]; then echo "status=$status" >>"$GITHUB_OUTPUT"; fi
if [ -f "$MARKDOWN" ]; then cat "$MARKDOWN"; fi
exit $status
