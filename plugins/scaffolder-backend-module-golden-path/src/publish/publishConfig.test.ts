import { mockServices } from '@backstage/backend-test-utils';
import { readPublishConfig } from './publishConfig';

const read = (data: object) =>
  readPublishConfig(
    mockServices.rootConfig({
      data: { app: { baseUrl: 'http://localhost:3000' }, ...data },
    }),
  );

describe('readPublishConfig', () => {
  it('allows no remote unless it is listed, and takes the scaffolder defaults', () => {
    expect(read({})).toEqual({
      allowedRemotes: [],
      appBaseUrl: 'http://localhost:3000',
      author: { name: 'Scaffolder', email: 'scaffolder@backstage.io' },
      commitMessage: 'Create from the golden path',
    });
    expect(
      read({
        goldenPath: { publish: { allowedRemotes: ['git.example.com:8443'] } },
        scaffolder: {
          defaultAuthor: { name: 'Bot', email: 'bot@example.com' },
          defaultCommitMessage: 'Hello',
        },
      }),
    ).toMatchObject({
      allowedRemotes: ['git.example.com:8443'],
      author: { name: 'Bot', email: 'bot@example.com' },
      commitMessage: 'Hello',
    });
  });

  it.each([
    [{ allowedRemotes: ['https://git.example.com'] }, 'allowedRemotes.0'],
    [{ allowedRemotes: 'git.example.com' }, 'allowedRemotes'],
    [{ allowed: [] }, 'goldenPath.publish'],
  ])('names the key of %j', (publish, key) => {
    expect(() => read({ goldenPath: { publish } })).toThrow(key);
  });
});
