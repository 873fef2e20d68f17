const CHECKOUT =
  'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
const LOGIN =
  'docker/login-action@4907a6ddec9925e35a0a9e82d7399ccc52663121 # v4.1.0';
const BUILDX =
  'docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0';
const BUILD =
  'docker/build-push-action@53b7df96c91f9c12dcc8a07bcb9ccacbed38856a # v7.3.0';
const ATTEST =
  'actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6 # v4.2.2';

const RELEASE = `name: release
on:
  push:
    tags: ['v*']
permissions: {}
concurrency: release
jobs:
  image:
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    permissions:
      contents: read
      packages: write
      id-token: write
      attestations: write
    outputs:
      digest: \${{ steps.build.outputs.digest }}
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - uses: ${LOGIN}
        with:
          registry: ghcr.io
          username: \${{ github.actor }}
          password: \${{ github.token }}
      - uses: ${BUILDX}
      - id: build
        uses: ${BUILD}
        with:
          push: true
          tags: ghcr.io/acme/service:main
          cache-from: type=gha,scope=release
          cache-to: type=gha,scope=release,mode=max
      - run: syft scan ghcr.io/acme/service@\${{ steps.build.outputs.digest }} --output=cyclonedx-json=sbom.json
      - uses: ${ATTEST}
        with:
          subject-name: ghcr.io/acme/service
          subject-digest: \${{ steps.build.outputs.digest }}
  deploy:
    needs: image
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    environment: production
    permissions:
      id-token: write
      attestations: read
    env:
      IMAGE: ghcr.io/acme/service@\${{ needs.image.outputs.digest }}
    steps:
      - run: golden-path gate --entity component:default/service --url "$GOLDEN_PATH_URL"
      - run: gh attestation verify "oci://$IMAGE" --owner acme
        env:
          GH_TOKEN: \${{ github.token }}
      - run: az login --service-principal --username "$CLIENT" --tenant "$TENANT" --federated-token "$TOKEN"
      - run: |
          kubectl set image deployment/service "service=$IMAGE"
          kubectl rollout status deployment/service
  smoke:
    needs: deploy
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions: {}
    steps:
      - run: curl --fail --silent --show-error https://service.example.org/readyz
`;

const REVIEW = `name: review
on: pull_request
permissions: {}
concurrency: review-\${{ github.ref }}
jobs:
  review:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - run: claude --print "Review the last commit"
        env:
          ANTHROPIC_API_KEY: \${{ secrets.ANTHROPIC_API_KEY }}
`;

/** Texts of the files of a good repository that release, deploy and review it. */
export const GOOD_DELIVERY: Record<string, string> = {
  '.github/pull_request_template.md':
    '## What changes\n\n## AI involvement\n\n- [ ] None\n- [ ] An agent wrote most of it\n',
  '.github/workflows/release.yml': RELEASE,
  '.github/workflows/review.yml': REVIEW,
};
