#!/usr/bin/env bash
# Tells the golden path backend at $GOLDEN_PATH_URL of a deployment, as a CDEvent: $EVENT is deployed, failed
# or rolledback. The token comes from $GOLDEN_PATH_TOKEN. The same event again changes nothing.
set -euo pipefail

: "${ENVIRONMENT:?}" "${COMMIT:?}" "${EVENT:?}" "${SOURCE_COMMIT:?}" "${SOURCE_URL:?}"
entity="$(delivery/entity.sh)"

# What reached users with this deployment, which lead times are counted from.
changes='[]'
if [ "$EVENT" != rolledback ] && [ -n "${PREVIOUS:-}" ]; then
  changes="$(
    git log --max-count=200 --no-merges --format='%H %aI' "$PREVIOUS..$SOURCE_COMMIT" |
      jq --raw-input --null-input '[inputs | split(" ") | { sha: .[0], committedAt: .[1] }]'
  )"
fi

event="$(mktemp)"
jq --null-input \
  --arg event "$EVENT" --arg source "$SOURCE_URL" --arg commit "$COMMIT" --arg environment "$ENVIRONMENT" \
  --arg entity "$entity" --arg sha "$SOURCE_COMMIT" --arg restored "${RESTORED:-}" --argjson changes "$changes" '
  {
    context: {
      specversion: "0.5.1",
      id: "\($event)-\($commit)",
      source: $source,
      type: (if $event == "failed" then "dev.cdevents.pipelinerun.finished.0.3.0" else "dev.cdevents.service.\($event).0.3.0" end),
      timestamp: (now | todate)
    },
    subject: {
      id: ($entity | split("/") | last),
      source: $source,
      content: ({ environment: { id: $environment } } + if $event == "failed" then { outcome: "failure" } else {} end)
    },
    customData: {
      goldenPath: (
        { entityRef: $entity } +
        if $event == "rolledback"
        then { sha: $restored, outcome: "success", deploymentId: "rollback-\($commit)", kind: "rollback", rollbackOf: $commit }
        elif $event == "failed"
        then { sha: $sha, outcome: "failure", deploymentId: $commit, kind: "deploy", reachedProduction: true, changes: $changes }
        else { sha: $sha, outcome: "success", deploymentId: $commit, kind: "deploy", changes: $changes }
        end
      )
    }
  }' >"$event"

# The token goes in through a file handle: arguments can be read by every process of the machine.
curl --request POST --fail-with-body --silent --show-error --retry 3 --max-time 20 \
  --header 'Content-Type: application/json' --header @<(echo "Authorization: Bearer $GOLDEN_PATH_TOKEN") \
  --data "@$event" "$GOLDEN_PATH_URL/api/golden-path/v1/events"
