#!/usr/bin/env bash
# Prints where this build comes from, as the predicate of SLSA provenance 1.
set -euo pipefail

if [ -n "${GITLAB_CI:-}" ]; then
  repository="$CI_PROJECT_URL"
  commit="$CI_COMMIT_SHA"
  jq --null-input \
    --arg repository "$repository" --arg commit "$commit" --arg ref "refs/heads/$CI_COMMIT_BRANCH" \
    --arg builder "$CI_SERVER_URL/gitlab-org/gitlab-runner" --arg run "$CI_JOB_URL" --arg job "$CI_JOB_NAME" '
    {
      buildDefinition: {
        buildType: "https://docs.gitlab.com/ci/yaml/",
        externalParameters: { source: $repository, ref: $ref, entryPoint: $job },
        resolvedDependencies: [{ uri: "git+\($repository)@\($ref)", digest: { gitCommit: $commit } }]
      },
      runDetails: { builder: { id: $builder }, metadata: { invocationId: $run } }
    }'
else
  jq --null-input \
    --arg repository "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" --arg commit "$GITHUB_SHA" --arg ref "$GITHUB_REF" \
    --arg workflow "$GITHUB_WORKFLOW_REF" --arg event "$GITHUB_EVENT_NAME" \
    --arg run "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID/attempts/$GITHUB_RUN_ATTEMPT" \
    --arg server "$GITHUB_SERVER_URL" '
    {
      buildDefinition: {
        buildType: "https://actions.github.io/buildtypes/workflow/v1",
        externalParameters: {
          workflow: { ref: $ref, repository: $repository, path: ($workflow | split("@")[0] | split("/")[2:] | join("/")) }
        },
        internalParameters: { github: { event_name: $event } },
        resolvedDependencies: [{ uri: "git+\($repository)@\($ref)", digest: { gitCommit: $commit } }]
      },
      runDetails: { builder: { id: "\($server)/\($workflow)" }, metadata: { invocationId: $run } }
    }'
fi
