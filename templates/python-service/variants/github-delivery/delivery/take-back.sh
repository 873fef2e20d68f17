#!/usr/bin/env bash
# Reverts $COMMIT on the branch deploy/$ENVIRONMENT, so that Argo CD goes back to what ran before. Somebody else may have
# been quicker: then there is nothing to do. Prints for the pipeline:
#   reverted=  true when this run took the deployment back
#   restored=  the commit of the source that runs again
#   source=    the commit of the source that was taken back
set -euo pipefail

: "${ENVIRONMENT:?}" "${COMMIT:?}"
branch="deploy/$ENVIRONMENT"

is_current() {
  git fetch --quiet origin "refs/heads/$branch" || exit
  [ "$(git rev-parse FETCH_HEAD)" = "$COMMIT" ]
}

if ! is_current; then
  echo "$branch has moved on from $COMMIT: nothing to take back." >&2
  printf 'reverted=false\nrestored=\nsource=\n'
  exit 0
fi
if ! git rev-parse --quiet --verify "$COMMIT^" >/dev/null; then
  echo "$COMMIT is the first deployment to $ENVIRONMENT: there is nothing to go back to." >&2
  exit 1
fi
source_of() {
  git log -1 --format='%(trailers:key=Source-Commit,valueonly,separator=%x2C)' "$1"
}
restored="$(source_of "$COMMIT^")"
source="$(source_of "$COMMIT")"

work="$(mktemp -d)"
git worktree add --quiet --detach "$work" "$COMMIT" >&2
(
  cd "$work"
  git revert --no-commit "$COMMIT"
  git commit --quiet --file=- <<MESSAGE
Take back a deployment to $ENVIRONMENT

This reverts commit $COMMIT.

Source-Commit: $restored
MESSAGE
) >&2
if ! git push --quiet origin "$(git -C "$work" rev-parse HEAD):refs/heads/$branch" >&2; then
  if is_current; then
    exit 1
  fi
  echo "$branch was changed meanwhile: nothing to take back." >&2
  printf 'reverted=false\nrestored=\nsource=\n'
  exit 0
fi

printf 'reverted=true\nrestored=%s\nsource=%s\n' "$restored" "$source"
