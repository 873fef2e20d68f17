import { githubDelivery, readSample } from '../__testUtils__/deliveries';
import { onlyEventOf, reasonOf } from '../__testUtils__/githubEvents';
import { translateGithub } from './translateGithub';

describe('deployment_status', () => {
  const sample = (state = 'success') => {
    const body = readSample('github/deployment_status_payload.json');
    body.deployment_status.state = state;
    return body;
  };

  it('reads success as a deployment under its own id', () => {
    expect(onlyEventOf('deployment_status', sample())).toMatchObject({
      kind: 'deployment-finished',
      via: 'deployed',
      outcome: 'success',
      deploymentId: '145988746',
      environment: 'production',
      sha: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
      at: new Date('2019-05-15T15:20:55Z'),
      startedAt: new Date('2019-05-15T15:20:53Z'),
      repository: {
        id: 'Codertocat/Hello-World',
        source: 'https://github.com',
      },
      source: 'https://github.com/Codertocat/Hello-World',
    });
  });

  it.each(['failure', 'error'])('reads %s as a failed deployment', state => {
    expect(onlyEventOf('deployment_status', sample(state))).toMatchObject({
      kind: 'deployment-finished',
      via: 'pipeline',
      outcome: 'failure',
      deploymentId: '145988746',
      environment: 'production',
      reachedProduction: undefined,
    });
  });

  it('takes inactive for no result', () => {
    expect(reasonOf('deployment_status', sample('inactive'))).toMatch(
      /no result/,
    );
  });

  it.each(['queued', 'pending', 'in_progress', 'waiting'])(
    'waits for the end of %s',
    state => {
      expect(reasonOf('deployment_status', sample(state))).toMatch(/under way/);
    },
  );

  it('reads what the payload of the deployment says, an object or its text', () => {
    const said = {
      kind: 'rollback',
      rollbackOf: 145988000,
      fixes: ['PGR0VU2'],
      entityRef: 'component:default/checkout',
    };
    for (const payload of [
      said,
      JSON.stringify(said),
      { web: 'other', goldenPath: said },
    ]) {
      const body = sample();
      body.deployment.payload = payload;
      expect(onlyEventOf('deployment_status', body)).toMatchObject({
        purpose: 'rollback',
        rollbackOf: '145988000',
        fixes: ['PGR0VU2'],
        entityRef: 'component:default/checkout',
      });
    }
  });

  it('takes a branch hotfix/ for a hotfix', () => {
    const body = sample();
    body.deployment.ref = 'hotfix/null-basket';
    expect(onlyEventOf('deployment_status', body)).toMatchObject({
      purpose: 'hotfix',
    });
  });

  it('names the field that is wrong', () => {
    const body = sample();
    body.deployment.sha = 'main';
    expect(() =>
      translateGithub(githubDelivery('deployment_status', body)),
    ).toThrow(
      'GitHub deployment_status: deployment.sha: must be a full commit',
    );
  });

  it('takes the server of an enterprise for the source', () => {
    const body = sample();
    body.repository.html_url = 'https://git.example.com/acme/checkout';
    body.repository.full_name = 'acme/checkout';
    expect(onlyEventOf('deployment_status', body)).toMatchObject({
      repository: { id: 'acme/checkout', source: 'https://git.example.com' },
    });
  });
});
