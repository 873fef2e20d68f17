#!/usr/bin/env bash
# Renders the manifests of $ENVIRONMENT with $IMAGE and commits them to the branch deploy/$ENVIRONMENT, which Argo CD
# follows. Needs the whole history. Prints for the pipeline:
#   commit=    the commit on the branch, which names the deployment
#   previous=  the commit of the source that was deployed before; empty for the first time
set -euo pipefail

: "${ENVIRONMENT:?}" "${IMAGE:?}" "${SOURCE_COMMIT:?}"
branch="deploy/$ENVIRONMENT"
overlay="deploy/overlays/$ENVIRONMENT"

case "$IMAGE" in
  *@sha256:????????????????????????????????????????????????????????????????) ;;
  *)
    echo "An image is deployed by its digest, not as $IMAGE." >&2
    exit 1
    ;;
esac

source_of() {
  git log -1 --format='%(trailers:key=Source-Commit,valueonly,separator=%x2C)' "$1"
}

parent=''
previous=''
if [ -n "$(git ls-remote --heads origin "refs/heads/$branch")" ]; then
  git fetch --quiet origin "refs/heads/$branch"
  parent="$(git rev-parse FETCH_HEAD)"
  previous="$(source_of "$parent")"
fi

# A release that waited for its approval must not undo a newer one.
if [ -n "$previous" ] && [ "$previous" != "$SOURCE_COMMIT" ] &&
  git merge-base --is-ancestor "$SOURCE_COMMIT" "$previous"; then
  echo "$ENVIRONMENT already runs $previous, which is newer than $SOURCE_COMMIT." >&2
  exit 1
fi

(
  cd "$overlay"
  kustomize edit set image "service=$IMAGE"
  kustomize edit add label --force --without-selector --include-templates "app.kubernetes.io/version:$SOURCE_COMMIT"
) >&2
blob="$(kustomize build "$overlay" | git hash-object -w --stdin)"
tree="$(printf '100644 blob %s\tmanifests.yaml\n' "$blob" | git mktree)"

if [ -n "$parent" ] && [ "$tree" = "$(git rev-parse "$parent^{tree}")" ]; then
  commit="$parent"
  previous="$(source_of "$parent^" 2>/dev/null || true)"
  echo "$ENVIRONMENT is at this state already." >&2
else
  commit="$(
    git commit-tree "$tree" ${parent:+-p "$parent"} <<MESSAGE
Deploy $SOURCE_COMMIT to $ENVIRONMENT

Image: $IMAGE
Source-Commit: $SOURCE_COMMIT${NOTE:+
Note: $NOTE}
MESSAGE
  )"
  git push --quiet origin "$commit:refs/heads/$branch" >&2
fi

printf 'commit=%s\nprevious=%s\n' "$commit" "$previous"
