import { formatLock, parseLock, SourceFile } from '@goldenpath/engine';
import { GitTreeMerger } from '@goldenpath/git';
import { stamp, templateOf } from '../__testUtils__/stampedService';
import { templateFolder } from '../__testUtils__/templates';
import { Template } from '../drift/templateFiles';
import { ResolvedBase } from './BaseResolver';
import { PlanService, PlanServiceOptions } from './PlanService';
import { Renderer } from './Renderer';
import { RepositoryContent } from './RepositoryContents';

jest.setTimeout(60_000);

const entityRef = 'component:default/pay';
const templateRef = 'template:default/node';
const applied = { at: '2026-11-21T10:00:00.000Z', via: 'test' };
const { signal } = new AbortController();
const folder = (version: string, app: string) => ({
  ...templateFolder(version, 'hello'),
  'skeleton/app.txt': app,
});
const first = templateOf(folder('1.0.0', 'a\nb\nc\nd\ne\n'));
const second = templateOf({
  ...folder('1.1.0', 'A\nb\nc\nd\ne\n'),
  'CHANGELOG.md': '## 1.1.0\n\nCapital letters.\n',
});
const { layer, rendered } = stamp({
  template: first,
  entityRef: templateRef,
  values: { name: 'pay' },
});
const lock = parseLock({
  text: formatLock({ schemaVersion: 1, layers: [layer] }),
  file: 'lock',
});

/** The service, with some files as it has them itself; `null` for one that is too large to load. */
function service(own: Record<string, string | null> = {}): RepositoryContent {
  const files: SourceFile[] = rendered.filter(
    ({ path }) => own[path] === undefined,
  );
  for (const [path, text] of Object.entries(own)) {
    if (text !== null) {
      files.push({ path, mode: '100644', content: Buffer.from(text) });
    }
  }
  return {
    entityRef,
    url: null,
    commit: 'c'.repeat(40),
    files,
    digests: new Map(
      [...rendered.map(({ path }) => path), ...Object.keys(own)].map(path => [
        path,
        path,
      ]),
    ),
    lock,
  };
}

const everything: ResolvedBase = { files: rendered, source: 'stored' };
let merger: GitTreeMerger;
beforeAll(async () => {
  merger = await GitTreeMerger.create();
});
afterAll(() => merger.close());

function planner(
  content: RepositoryContent,
  overrides: Partial<PlanServiceOptions> = {},
) {
  const kept = new Map([
    [first.digest, first],
    [second.digest, second],
  ]);
  return new PlanService({
    contents: { read: async () => content },
    base: { resolve: async () => everything },
    renderer: new Renderer(),
    versions: {
      read: async (_ref: string, digest: string) => kept.get(digest),
    },
    readTemplate: async () => ({
      status: 'read',
      template: second as Template,
    }),
    merging: { merger },
    ...overrides,
  });
}

it('plans the newest version, with the lock as it will be', async () => {
  const plans = planner(service({ 'app.txt': 'a\nb\nc\nd\nmine\n' }));
  const [planned] = await plans.plan({ entityRef, applied, signal });
  expect(planned).toMatchObject({
    entityRef,
    layerId: 'service',
    plan: { clean: true, template: { from: '1.0.0', to: '1.1.0' } },
    commit: 'c'.repeat(40),
    lock,
    changelog: '## 1.1.0\n\nCapital letters.\n',
  });
  expect(
    planned.changes.map(({ path, content }) => [
      path,
      content && Buffer.from(content).toString(),
    ]),
  ).toEqual([['app.txt', 'A\nb\nc\nd\nmine\n']]);
  const next = parseLock({ text: planned.lockText, file: 'lock' });
  expect(next.layers[0].template).toMatchObject({
    version: '1.1.0',
    inputDigest: second.digest,
  });
});

it('takes decisions, another version by its digest, and a version that nobody published', async () => {
  const conflicting = planner(service({ 'app.txt': 'mine\nb\nc\nd\ne\n' }));
  const [open] = await conflicting.plan({ entityRef, applied, signal });
  expect(open.plan.clean).toBe(false);
  const [decided] = await conflicting.plan({
    entityRef,
    decisions: { 'app.txt': { file: 'take' } },
    applied,
    signal,
  });
  expect(decided.plan.clean).toBe(true);

  const [same] = await conflicting.plan({
    entityRef,
    target: { version: '1.0.0', inputDigest: first.digest },
    applied,
    signal,
  });
  expect(same.plan).toMatchObject({ clean: true, template: { to: '1.0.0' } });

  const draft = templateOf(folder('2.0.0-rc.1', 'a\nb\nc\nd\nE\n'));
  const [forecast] = await conflicting.plan({
    entityRef,
    target: draft,
    applied,
    signal,
  });
  expect(forecast.plan).toMatchObject({
    clean: true,
    template: { to: '2.0.0-rc.1' },
  });
});

it('says which version is not kept', async () => {
  await expect(
    planner(service()).plan({
      entityRef,
      target: { version: '0.9.0', inputDigest: `sha256:${'9'.repeat(64)}` },
      applied,
      signal,
    }),
  ).rejects.toThrow(`Version 0.9.0 of ${templateRef} is not kept here`);
});

it('refuses a file it could not look into, as it must not seem deleted', async () => {
  await expect(
    planner(service({ 'app.txt': null })).plan({ entityRef, applied, signal }),
  ).rejects.toThrow("The service's app.txt is too large to be merged");
});

it('refuses every plan without git, with the reason', async () => {
  const plans = planner(service(), { merging: { problem: 'there is no git' } });
  expect(plans.problem).toBe('there is no git');
  await expect(plans.plan({ entityRef, signal })).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
    message: 'Updates cannot be planned here: there is no git',
  });
});

it('names the layers there are, and what is wrong with a lock', async () => {
  await expect(
    planner(service()).plan({ entityRef, layerId: 'x', signal }),
  ).rejects.toThrow(
    "The lock of component:default/pay has no layer 'x'; it has 'service'",
  );
  await expect(
    planner({ ...service(), lock: undefined }).plan({ entityRef, signal }),
  ).rejects.toThrow('has no .golden-path.lock.yaml');
  await expect(
    planner({ ...service(), lock: undefined, lockProblem: 'bad' }).plan({
      entityRef,
      signal,
    }),
  ).rejects.toMatchObject({ name: 'InputError', message: 'bad' });
});

it('tells why a base is missing only where it is missed', async () => {
  const base: ResolvedBase = {
    files: [],
    source: 'none',
    problem: 'base not reproducible: a / b',
  };
  const messages = async (own: Record<string, string>) => {
    const plans = planner(service(own), {
      base: { resolve: async () => base },
    });
    const [{ plan }] = await plans.plan({ entityRef, applied, signal });
    return plan.notices.map(({ message }) => message);
  };
  expect(await messages({})).not.toContain(base.problem);
  expect(await messages({ 'app.txt': 'mine\n' })).toContain(base.problem);
});
