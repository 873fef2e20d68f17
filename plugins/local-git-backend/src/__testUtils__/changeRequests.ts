import { mockCredentials } from '@backstage/backend-test-utils';
import { changeRequestDetailsSchema } from '@goldenpath/backstage-plugin-golden-path-common';
import { commitFiles, makeCheckout, mustGit } from './gitClient';
import { LocalGit } from './startLocalGit';

/** A user who is a member of nothing. */
export const OTHER = 'user:default/other';

/** Credentials with which another plugin of the same backend asks in its own name. */
export function pluginHeader(id: string): string {
  return mockCredentials.service.header({
    onBehalfOf: mockCredentials.service(`plugin:${id}`),
    targetPluginId: 'local-git',
  });
}

/** What tests of change requests do, over HTTP and with git. */
export function changeRequestsOf(local: LocalGit) {
  const url = (name: string, rest = '') =>
    `/api/local-git/repositories/${name}/requests${rest}`;
  const put = (name: string, body: object) =>
    local.api.put(url(name)).send({ title: 'Change it', ...body });
  const details = async (name: string, number = 1) => {
    const response = await local.api.get(url(name, `/${number}`)).expect(200);
    return changeRequestDetailsSchema.parse(response.body);
  };
  const act = (name: string, action: string, body?: object) =>
    local.api.post(url(name, `/1/${action}`)).send(body);

  /** Pushes from a checkout; returns once so many changes of branches are announced. */
  async function push(checkout: string, changes: number, args: string[]) {
    const before = local.pushed.length;
    await mustGit(checkout, ['push', '--quiet', ...args]);
    await local.waitForPushes(before + changes);
  }

  /** A repository with a commit on main, and a branch `topic` with one more. */
  async function makeTopic(
    name: string,
    change: Record<string, string> = { 'a.txt': 'one\nTWO\nthree\n' },
  ) {
    const { push: access } = await local.create(name, {
      owner: 'group:default/team-a',
    });
    const target = local.pushUrl(name, access.token);
    const checkout = await makeCheckout();
    const first = await commitFiles(checkout, {
      'a.txt': 'one\ntwo\nthree\n',
      'old.txt': 'a file\nthat moves\naway\n',
      'gone.txt': 'gone\n',
    });
    await mustGit(checkout, ['checkout', '--quiet', '-b', 'topic']);
    const head = await commitFiles(checkout, change, 'Change a thing');
    await push(checkout, 2, [target, 'main', 'topic']);
    const commitOn = async (branch: string, files: Record<string, string>) => {
      await mustGit(checkout, ['checkout', '--quiet', branch]);
      const sha = await commitFiles(checkout, files);
      await push(checkout, 1, [target, branch]);
      return sha;
    };
    const refs = () => mustGit(checkout, ['ls-remote', target, 'refs/heads/*']);
    return { target, checkout, first, head, commitOn, refs };
  }
  return { url, put, details, act, push, makeTopic };
}
