#!/usr/bin/env bash
# Says whether the gate is asked before $SOURCE_COMMIT is deployed: for the error budget, and for what else the policy of
# the golden path holds against a release. It is asked, unless nobody can be asked because $GOLDEN_PATH_URL is not set, or
# $GATE_OVERRIDE names this very commit with a reason: "<commit> <reason>". That is for when the gate cannot be reached;
# what it stopped is overridden in Backstage, on the decision. An override lapses with the commit, is shown in the summary
# and written into the deployment. Prints for the pipeline:
#   ask=   true or false
#   note=  what goes into the deployment when nobody is asked
set -euo pipefail

: "${SOURCE_COMMIT:?}" "${SUMMARY:?}"

say() {
  echo "- Gate: $1" >>"$SUMMARY"
}

case "${GATE_OVERRIDE:-}" in
  "$SOURCE_COMMIT "?*)
    reason="$(printf '%s' "${GATE_OVERRIDE#* }" | tr '\n' ' ' | cut -c 1-200)"
    say "**passed by**, by the variable GATE_OVERRIDE: $reason"
    printf 'ask=false\nnote=gate passed by: %s\n' "$reason"
    ;;
  *)
    if [ -z "${GOLDEN_PATH_URL:-}" ]; then
      say '**not asked**, since the variable GOLDEN_PATH_URL is not set'
      printf 'ask=false\nnote=gate not asked\n'
    else
      say "asked at $GOLDEN_PATH_URL"
      printf 'ask=true\nnote=\n'
    fi
    ;;
esac
