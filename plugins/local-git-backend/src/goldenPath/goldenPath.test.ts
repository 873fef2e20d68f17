import {
  createBackendPlugin,
  coreServices,
} from '@backstage/backend-plugin-api';
import { startTestBackend, mockServices } from '@backstage/backend-test-utils';
import {
  type ChangeHost,
  goldenPathChangeHostExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
import {
  commitFiles,
  git,
  makeCheckout,
  mustGit,
} from '../__testUtils__/gitClient';
import { startLocalGit } from '../__testUtils__/startLocalGit';
import goldenPathModuleLocalGit from './index';

jest.setTimeout(60_000);

const BRANCH = 'golden-path/update-service-2.0.0';
const { signal } = new AbortController();

/** The plugin golden-path as far as this module sees it. */
function makeGoldenPath() {
  const hosts: ChangeHost[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'golden-path',
    register(env) {
      env.registerExtensionPoint(goldenPathChangeHostExtensionPoint, {
        addChangeHost: host => hosts.push(host),
      });
      env.registerInit({
        deps: { logger: coreServices.logger },
        async init() {},
      });
    },
  });
  return { hosts, features: [plugin, goldenPathModuleLocalGit] };
}

async function start() {
  const { hosts, features } = makeGoldenPath();
  const local = await startLocalGit({ features });
  expect(hosts).toHaveLength(1);
  return { local, host: hosts[0] };
}

describe('the change host of served repositories', () => {
  it('knows addresses of files and no others', async () => {
    const { host } = await start();
    const base = 'http://localhost:7007/api/local-git/repositories';

    expect([host.id, host.noun]).toEqual(['local-git', 'change request']);
    expect(host.knows(`${base}/shop/tree/main/`)).toBe(true);
    expect(host.knows(`${base}/shop/blob/main/catalog-info.yaml`)).toBe(true);
    expect(host.knows(`${base}/shop/`)).toBe(false);
    expect(host.knows(`${base}/SHOP/tree/main/`)).toBe(false);
    expect(host.knows(`${base}/shop/tree/main/%2e%2e%2fx`)).toBe(false);
    expect(host.knows('https://github.com/o/shop/tree/main/')).toBe(false);
    expect(host.knows('shop')).toBe(false);
  });

  it('pushes a branch, asks for it to be merged, and says what became of it', async () => {
    const { local, host } = await start();
    const { repository, push } = await local.create('shop');
    const checkout = await makeCheckout();
    await commitFiles(checkout, { 'services/api/a.txt': 'a\n' });
    const own = local.pushUrl('shop', push.token);
    await mustGit(checkout, ['push', '--quiet', own, 'HEAD:main']);
    const url = `${repository.treeUrl}services/api/`;

    const where = await host.repository({ url, signal });
    expect(where).toEqual({
      remoteUrl: `${local.origin}/api/local-git/git/shop.git`,
      credentials: {
        username: 'golden-path',
        password: expect.stringMatching(/^gplg_/),
      },
      baseBranch: 'main',
      folder: 'services/api',
      webUrl: 'http://localhost:3000/golden-paths/repositories/shop',
    });
    const remote = new URL(where.remoteUrl);
    remote.username = where.credentials!.username;
    remote.password = where.credentials!.password;
    await commitFiles(checkout, { 'services/api/a.txt': 'b\n' });
    const refused = await git(checkout, ['push', remote.href, 'HEAD:main']);
    expect(refused.stderr).toMatch(/hidden ref/);
    await mustGit(checkout, ['push', '-q', remote.href, `HEAD:${BRANCH}`]);

    const options = { url, branch: BRANCH, signal };
    expect(await host.state(options)).toBeUndefined();
    const request = { ...options, title: 'Update', body: '- a', draft: true };
    const opened = await host.open(request);
    expect(opened).toEqual({
      id: '1',
      url: 'http://localhost:3000/golden-paths/repositories/shop/requests/1',
      state: 'open',
      draft: true,
      checks: 'unknown',
    });
    expect(await host.open({ ...request, draft: false })).toEqual({
      ...opened,
      draft: false,
    });
    await local.api
      .post('/api/local-git/repositories/shop/requests/1/merge')
      .expect(200);
    expect(await host.state(options)).toMatchObject({
      id: '1',
      state: 'merged',
    });
  });

  it('takes folder and branch from the address', async () => {
    const { local, host } = await start();
    await local.create('placed');
    const base = 'http://localhost:7007/api/local-git/repositories/placed';
    const place = async (rest: string) => {
      const { baseBranch, folder } = await host.repository({
        url: `${base}/${rest}`,
        signal,
      });
      return [baseBranch, folder];
    };

    expect(await place('tree/main/')).toEqual(['main', '']);
    expect(await place('blob/main/catalog-info.yaml')).toEqual(['main', '']);
    expect(await place('blob/main/a%20b/info.yaml')).toEqual(['main', 'a b']);
    expect(await place('tree/release%2F1/x')).toEqual(['release/1', 'x']);
    expect(await place(`tree/${'a1'.repeat(20)}/x`)).toEqual(['main', 'x']);
  });

  it('says what is wrong with errors that can be told apart', async () => {
    const { local, host } = await start();
    await local.create('empty');
    const base = 'http://localhost:7007/api/local-git/repositories';
    const open = (name: string, branch: string) =>
      host.open({
        url: `${base}/${name}/tree/main/`,
        branch,
        title: 'x',
        body: '',
        draft: false,
        signal,
      });

    await expect(open('none', BRANCH)).rejects.toMatchObject({
      name: 'NotFoundError',
      message: "local-git: There is no repository 'none'",
    });
    await expect(open('empty', BRANCH)).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringMatching(/push it first/),
    });
    await expect(open('empty', 'main2')).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
    await new Promise(resolve => local.server.close(resolve));
    local.server.closeAllConnections?.();
    await expect(open('empty', BRANCH)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
  });

  it('is not there when no repositories are served', async () => {
    const { hosts, features } = makeGoldenPath();
    await startTestBackend({
      features: [
        ...features,
        mockServices.rootConfig.factory({
          data: { backend: { baseUrl: 'http://localhost:7007' } },
        }),
      ],
    });

    expect(hosts).toEqual([]);
  });
});
