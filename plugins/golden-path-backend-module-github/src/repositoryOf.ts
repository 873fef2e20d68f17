import { InputError } from '@backstage/errors';

/** Owner and name of the repository that a URL of github.com or a GitHub Enterprise lies in. @internal */
export function repositoryOf(url: string): { owner: string; repo: string } {
  const [owner, name] = new URL(url).pathname.split('/').filter(Boolean);
  if (!owner || !name) {
    throw new InputError(
      `'${url}' is not the address of a repository; one looks like https://github.com/owner/name`,
    );
  }
  return {
    owner: decodeURIComponent(owner),
    repo: decodeURIComponent(name).replace(/\.git$/, ''),
  };
}
