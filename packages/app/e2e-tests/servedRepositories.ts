import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Backstage } from './backstage.ts';
import { run } from './shell.ts';

async function call<T>(
  backstage: Backstage,
  address: string,
  body: object,
): Promise<T> {
  const response = await fetch(`${backstage.backendUrl}/api/${address}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await backstage.guestToken()}`,
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${address}: ${response.status} ${await response.text()}`);
  }
  return (await response.json()) as T;
}

const git = (folder: string, ...args: string[]) =>
  run(folder, 'git', [
    ...['-c', 'user.name=Newcomer', '-c', 'user.email=newcomer@example.com'],
    ...args,
  ]);

/** Makes an empty repository; gives the address of its files. */
export async function createRepository(
  backstage: Backstage,
  name: string,
): Promise<string> {
  const { repository } = await call<{ repository: { treeUrl: string } }>(
    backstage,
    'local-git/repositories',
    { name, idempotencyKey: name },
  );
  return repository.treeUrl;
}

/** Commits files, and what is gone of a folder, to the main branch of a repository. */
export async function pushFiles(options: {
  backstage: Backstage;
  folder: string;
  repository: string;
  files: Record<string, string>;
  message: string;
}): Promise<void> {
  const { backstage, folder, repository, files, message } = options;
  const clone = path.join(folder, `push-${repository}`);
  await rm(clone, { recursive: true, force: true });
  const remote = new URL(
    `${backstage.backendUrl}/api/local-git/git/${repository}.git`,
  );
  await git(folder, 'clone', '--quiet', remote.href, clone);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(clone, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  await git(clone, 'add', '--all');
  await git(clone, 'commit', '--quiet', '--message', message);
  const { token } = await call<{ token: string }>(
    backstage,
    `local-git/repositories/${repository}/tokens`,
    {},
  );
  remote.username = 'git';
  remote.password = token;
  await git(clone, 'push', '--quiet', remote.href, 'HEAD:main');
}

/** The text of a file on the main branch, `undefined` when there is none. */
export async function readFile(
  backstage: Backstage,
  repository: string,
  file: string,
): Promise<string | undefined> {
  const response = await fetch(
    `${
      backstage.backendUrl
    }/api/local-git/repositories/${repository}/content?ref=main&path=${encodeURIComponent(
      file,
    )}`,
    { headers: { authorization: `Bearer ${await backstage.guestToken()}` } },
  );
  return response.ok
    ? ((await response.json()) as { text: string }).text
    : undefined;
}

/** Waits until the catalog has an entity. */
export async function inCatalog(
  backstage: Backstage,
  options: { kind: string; name: string },
): Promise<void> {
  const { kind, name } = options;
  const entity = `${backstage.backendUrl}/api/catalog/entities/by-name/${kind}/default/${name}`;
  for (;;) {
    const response = await fetch(entity, {
      headers: { authorization: `Bearer ${await backstage.guestToken()}` },
    });
    if (response.ok) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

/** Has the catalog read an address, and waits for the entity that is there. */
export async function register(
  backstage: Backstage,
  options: { target: string; kind: string; name: string },
): Promise<void> {
  const { target, kind, name } = options;
  await call(backstage, 'catalog/locations', { type: 'url', target });
  await inCatalog(backstage, { kind, name });
}

/** Creates from a template and waits for the end of the task. */
export async function scaffold(
  backstage: Backstage,
  templateRef: string,
  values: object,
): Promise<void> {
  const { id } = await call<{ id: string }>(backstage, 'scaffolder/v2/tasks', {
    templateRef,
    values,
  });
  for (;;) {
    const response = await fetch(
      `${backstage.backendUrl}/api/scaffolder/v2/tasks/${id}`,
      { headers: { authorization: `Bearer ${await backstage.guestToken()}` } },
    );
    const { status } = (await response.json()) as { status: string };
    if (status === 'completed') {
      return;
    }
    if (status === 'failed') {
      throw new Error(`The task ${id} failed; see e2e-report/backstage.log`);
    }
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}
