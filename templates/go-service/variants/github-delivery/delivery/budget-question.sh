#!/usr/bin/env bash
# Says whether the error budget is asked before $SOURCE_COMMIT is deployed. It is, unless nobody can be asked because
# $GOLDEN_PATH_URL is not set, or $GATE_OVERRIDE names this very commit with a reason: "<commit> <reason>". An override
# lapses with the commit, is shown in the summary and written into the deployment. Prints for the pipeline:
#   ask=   true or false
#   note=  what goes into the deployment when nobody is asked
set -euo pipefail

: "${SOURCE_COMMIT:?}" "${SUMMARY:?}"

say() {
  echo "- Error budget: $1" >>"$SUMMARY"
}

case "${GATE_OVERRIDE:-}" in
  "$SOURCE_COMMIT "?*)
    reason="$(printf '%s' "${GATE_OVERRIDE#* }" | tr '\n' ' ' | cut -c 1-200)"
    say "**overridden** by the variable GATE_OVERRIDE: $reason"
    printf 'ask=false\nnote=error budget overridden: %s\n' "$reason"
    ;;
  *)
    if [ -z "${GOLDEN_PATH_URL:-}" ]; then
      say '**not asked**, since the variable GOLDEN_PATH_URL is not set'
      printf 'ask=false\nnote=error budget not asked\n'
    else
      say "asked at $GOLDEN_PATH_URL"
      printf 'ask=true\nnote=\n'
    fi
    ;;
esac
