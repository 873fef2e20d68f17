import { describeTexts } from './__fixtures__/describeTexts';

const DEPLOY = '.github/workflows/deploy.yml';

/** A workflow on tags whose jobs are these lines of YAML. */
function jobs(...lines: string[]): Record<string, string> {
  const text = lines.map(line => `  ${line}\n`).join('');
  return { [DEPLOY]: `on: { push: { tags: ['v*'] } }\njobs:\n${text}` };
}

function deploys(texts: Record<string, string>) {
  return describeTexts(texts).deploys!;
}

/** The only deployment of a job with these steps. */
function one(...steps: string[]) {
  const [deploy, ...rest] = deploys(
    jobs('deploy:', '  runs-on: x', '  steps:', ...steps.map(s => `  - ${s}`)),
  );
  expect(rest).toEqual([]);
  return deploy;
}

describe('describeDeploys', () => {
  it.each([
    'kubectl apply -f deploy/',
    'kubectl -n prod set image deployment/x x=y',
    'helm upgrade --install service ./chart',
    'sudo helm upgrade service ./chart',
    'gcloud run deploy service --image x',
    'aws ecs update-service --service x',
    'flyctl deploy',
    'npm run deploy:prod',
    'make deploy',
    './scripts/deploy.sh',
  ])('sees that `%s` deploys', command => {
    expect(one(`run: ${command}`)).toMatchObject({ file: DEPLOY, line: 6 });
  });

  it.each([
    'kubectl get pods',
    'kubectl apply --dry-run=server -f deploy/',
    'helm install --dry-run x y',
    'npm run deploy-docs',
    'echo kubectl apply',
    'kustomize edit set image service=x',
    '$(call generate,api/rollout/rollout.proto)',
    'docker push x',
  ])('does not take `%s` for one', command => {
    expect(
      deploys(jobs('a:', '  runs-on: x', '  steps:', `  - run: ${command}`)),
    ).toEqual([]);
  });

  it('sees actions and named jobs with an environment', () => {
    expect(one(`uses: azure/webapps-deploy@v3`)).toMatchObject({
      name: 'azure/webapps-deploy@v3',
    });
    expect(
      deploys(
        jobs(
          'deploy-eu:',
          '  environment: { name: eu }',
          '  runs-on: x',
          '  steps:',
          '  - run: ./ship',
        ),
      ),
    ).toEqual([
      expect.objectContaining({ environment: 'eu', production: true }),
    ]);
  });

  it('takes an image written into manifests for one once they are handed over', () => {
    const write = 'run: cd deploy && kustomize edit set image service=x';
    expect(one(write, 'run: git push')).toMatchObject({ line: 6 });
    expect(
      one(write, 'uses: peter-evans/create-pull-request@v8'),
    ).toMatchObject({ line: 6 });
  });

  it.each([
    ['environment: github-pages', 'run: ./ship'],
    ['environment: { name: docs }', 'uses: actions/deploy-pages@v4'],
  ])('leaves out pages: %s', (environment, step) => {
    expect(
      deploys(
        jobs(
          'deploy:',
          `  ${environment}`,
          '  runs-on: x',
          '  steps:',
          `  - ${step}`,
        ),
      ),
    ).toEqual([]);
  });

  it('leaves out a cluster that the job installs itself', () => {
    const steps = [
      '  - run: curl -sfL https://get.k3s.io | sh -',
      '  - run: make deploy',
    ];
    expect(deploys(jobs('try:', '  runs-on: x', '  steps:', ...steps))).toEqual(
      [],
    );
  });

  it('leaves out clusters of tests and what pull requests try', () => {
    const test = jobs(
      'e2e:',
      '  runs-on: x',
      '  steps:',
      '  - run: kind create cluster',
      '  - run: kubectl apply -f deploy/',
    );
    expect(deploys(test)).toEqual([]);
    const [file, text] = Object.entries(
      jobs('a:', '  runs-on: x', '  steps:', '  - run: kubectl apply -f x'),
    )[0];
    const onChange = text.replace(/^on: .*/, 'on: pull_request');
    expect(deploys({ [file]: onChange })).toEqual([]);
  });

  it.each([
    ['production', true],
    ['staging', false],
    ['eu-dev-1', false],
    ['load-tests', false],
    ['pr-17', false],
    ['prague', true],
    ['device', true],
    ['${{ inputs.environment }}', undefined],
  ])('takes environment %s for production: %s', (environment, expected) => {
    const [deploy] = deploys(
      jobs(
        'deploy:',
        `  environment: ${environment}`,
        '  runs-on: x',
        '  steps:',
        '  - run: make deploy',
      ),
    );
    expect(deploy.production).toBe(expected);
    expect(deploy.hasEnvironment).toBe(true);
  });

  it.each([
    [`helm upgrade x --set image.digest=\${{ inputs.digest }}`, true],
    [`kubectl set image d/x x=y@sha256:${'a'.repeat(64)}`, true],
    [`kubectl set image d/x "x=y@$DIGEST"`, true],
    [`helm upgrade x --set image.tag=\${{ github.sha }}`, false],
    [`kubectl set image d/x x=y:latest`, false],
    [`kubectl apply -f deploy/`, undefined],
  ])('tells of `%s` that it is by digest: %s', (command, expected) => {
    expect(one(`run: ${command}`).byDigest).toBe(expected);
  });

  it('does not take the digest of a tool for that of what is deployed', () => {
    const tool = `run: docker run --rm node:24@sha256:${'a'.repeat(64)} npx x`;
    const deploy = 'run: kubectl set image deployment/x x=y:$TAG';
    expect(one(tool, deploy).byDigest).toBe(false);
  });

  it('asks for tests after and verification before, here and in other jobs', () => {
    expect(
      one(
        'run: cosign verify x',
        'run: kubectl apply -f x',
        'run: curl -fsS https://x',
      ),
    ).toMatchObject({ verified: true, smoke: true });
    expect(
      one(
        'run: curl -fsS https://x',
        'run: kubectl apply -f x',
        'run: cosign verify x',
      ),
    ).toMatchObject({ verified: false, smoke: false });
    expect(
      one(
        'run: cosign verify x || true',
        'run: kubectl apply -f x',
        'run: curl -f -X POST https://hooks.example.org -d done',
      ),
    ).toMatchObject({ verified: false, smoke: false });
  });

  it('takes a step named for it for a test when it can fail', () => {
    const smoke = (name: string, end: string) =>
      one(
        'run: kubectl apply -f x',
        `name: ${name}\n      run: if test "$ERRORS" -gt 0; then ${end}; fi`,
      ).smoke;
    expect(smoke('Smoke test', 'exit 1')).toBe(true);
    expect(smoke('Smoke test', 'exit 0')).toBe(false);
    expect(smoke('Wait', 'exit 1')).toBe(false);
  });

  it('follows needs and calls of workflows', () => {
    const called = {
      '.github/workflows/ship.yml':
        'on: workflow_call\njobs:\n  ship:\n    runs-on: x\n    steps:\n      - run: make deploy\n',
      ...jobs(
        'check: { runs-on: x, steps: [{ run: gh attestation verify x }] }',
        'ship: { needs: check, uses: ./.github/workflows/ship.yml }',
        'ask: { needs: [ship], runs-on: x, steps: [{ run: k6 run smoke.js }] }',
      ),
    };
    expect(deploys(called)).toEqual([
      expect.objectContaining({ verified: true, smoke: true }),
    ]);
    const [file, text] = Object.entries(called)[1];
    const second = {
      '.github/workflows/second.yml': text.replace('needs: check, ', ''),
    };
    expect(deploys({ ...called, ...second })).toEqual([
      expect.objectContaining({ verified: false, smoke: true }),
    ]);
    const loose = text.replace('needs: check, ', '');
    expect(deploys({ ...called, [file]: loose })).toEqual([
      expect.objectContaining({ verified: false, smoke: true }),
    ]);
  });

  it('leaves open what a call of another repository and other systems do', () => {
    expect(
      deploys(
        jobs('deploy: { uses: acme/flows/.github/workflows/deploy.yml@v1 }'),
      ),
    ).toEqual([
      {
        file: DEPLOY,
        line: 3,
        job: 'deploy',
        name: 'acme/flows/.github/workflows/deploy.yml@v1',
      },
    ]);
    expect(deploys({ Jenkinsfile: 'pipeline {}' })).toEqual([
      { file: 'Jenkinsfile', line: 1, unreadable: true },
    ]);
    expect(
      deploys({
        '.gitlab-ci.yml': 'include: [{ project: acme/ci, file: deploy.yml }]\n',
      }),
    ).toEqual([
      {
        file: '.gitlab-ci.yml',
        line: 1,
        name: 'include acme/ci deploy.yml',
      },
    ]);
  });
});
