#!/usr/bin/env bash
# Waits for what Argo CD reports about $COMMIT: the state of the commit status $STATUS_CONTEXT. Argo CD's notifications set
# it, so that no pipeline needs to reach the cluster. Fails when the rollout failed, and when nobody said that it
# succeeded within $MINUTES minutes: not knowing is no success.
set -euo pipefail

: "${COMMIT:?}" "${STATUS_CONTEXT:?}"
minutes="${MINUTES:-45}"
seconds="${INTERVAL:-20}"

state() {
  if [ -n "${GITLAB_CI:-}" ]; then
    curl --silent --show-error --max-time 20 --get \
      --header "PRIVATE-TOKEN: $DELIVERY_TOKEN" --data-urlencode "name=$STATUS_CONTEXT" \
      "$CI_API_V4_URL/projects/$CI_PROJECT_ID/repository/commits/$COMMIT/statuses" |
      jq --raw-output '.[0].status // "none"'
  else
    gh api "repos/$GITHUB_REPOSITORY/commits/$COMMIT/status" |
      jq --raw-output --arg context "$STATUS_CONTEXT" \
        '[.statuses[] | select(.context == $context) | .state][0] // "none"'
  fi
}

until [ "$SECONDS" -ge "$((minutes * 60))" ]; do
  # A hiccup of the forge is no verdict: it is asked again until the time is up.
  now="$(state)" || now=none
  case "$now" in
    success)
      echo "The rollout of $COMMIT succeeded."
      exit 0
      ;;
    failure | error | failed | canceled)
      echo "The rollout of $COMMIT failed: $STATUS_CONTEXT is $now." >&2
      exit 1
      ;;
  esac
  sleep "$seconds"
done
echo "After $minutes minutes nobody reported how the rollout of $COMMIT ended. Look at the application in Argo CD, and at whether its notifications set the status $STATUS_CONTEXT." >&2
exit 1
