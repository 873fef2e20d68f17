import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { forgePages } from './remoteUrl';

const integrations = ScmIntegrations.fromConfig(
  new ConfigReader({
    integrations: { gitea: [{ host: 'gitea.example.com' }] },
  }),
);

describe('forgePages', () => {
  it.each([
    ['https://github.com/a/b.git', 'https://github.com/a/b/tree/main/'],
    ['https://gitlab.com/g/s/b.git', 'https://gitlab.com/g/s/b/-/tree/main/'],
    [
      'https://gitea.example.com/a/b',
      'https://gitea.example.com/a/b/src/branch/main/',
    ],
    ['https://git.example.com/a/b.git', undefined],
  ])('%s has its files at %s', (remoteUrl, contents) => {
    const pages = forgePages({
      remoteUrl: new URL(remoteUrl),
      branch: 'main',
      integrations,
    });
    expect(pages.contents).toBe(contents);
    expect(pages.repository).toBe(remoteUrl.replace(/\.git$/, ''));
  });
});
