import { project, reasonOf, SHA } from '../__testUtils__/gitlabEvents';

describe('job', () => {
  it.each([
    ['running', { name: 'production' }, /their pipeline/],
    ['manual', null, /no environment/],
  ])('%s with environment %j is nothing', (status, environment, reason) => {
    expect(
      reasonOf({
        object_kind: 'build',
        build_id: 7,
        build_status: status,
        sha: SHA,
        environment,
        project,
      }),
    ).toMatch(reason);
  });
});
