import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  digestOf,
  digestsByPath,
  renderTemplate,
  SourceFile,
} from '@goldenpath/engine';
import { templateFolder } from '../__testUtils__/templates';
import { Template, templateFromFiles } from '../drift/templateFiles';
import { ProvenanceRecovery } from './ProvenanceRecovery';
import { CreationTask } from './ScaffolderTasks';

const TEMPLATE = 'template:default/node';
const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'pay', namespace: 'default', description: 'Pays' },
  spec: { owner: 'group:default/payments', type: 'service' },
};
const signal = new AbortController().signal;
const at = '2026-11-21T00:00:00.000Z';

function template(version: string, greeting: string, extra = {}): Template {
  const files = {
    ...templateFolder(version, greeting),
    'skeleton/a.txt': `a ${version}\n`,
    'skeleton/b.txt': 'b\n',
    'skeleton/c.txt': 'c ${{ values.owner }}\n',
    ...extra,
  };
  return templateFromFiles(
    Object.entries(files).map(([path, text]) => {
      const content = Buffer.from(text);
      return {
        path,
        mode: '100644' as const,
        size: content.length,
        sha256: digestOf(content),
        content,
      };
    }),
    { url: 'https://example.com/templates', commit: null },
  );
}

function recovery(templates: Template[], task?: CreationTask | Error) {
  return new ProvenanceRecovery({
    logger: mockServices.logger.mock(),
    tasks: {
      find: async () => {
        if (task instanceof Error) {
          throw task;
        }
        return task;
      },
    },
    templateRefs: async () => [TEMPLATE],
    versions: async () =>
      templates.map(({ manifest, digest }) => ({
        version: manifest.version,
        inputDigest: digest,
        commit: null,
        url: '',
        origin: 'catalog',
        problem: null,
        firstSeenAt: at,
        lastSeenAt: at,
      })),
    template: async (_, digest) =>
      templates.find(candidate => candidate.digest === digest),
  });
}

const versions = [template('1.0.0', 'hello'), template('1.1.0', 'good day')];
const values = {
  name: 'pay',
  description: 'Pays',
  owner: 'group:default/payments',
  system: '',
};

function service(from: Template, edits: Record<string, string> = {}) {
  const rendered = renderTemplate({ ...from, values });
  const edited = Object.entries(edits).map(
    ([path, text]): SourceFile => ({
      path,
      mode: '100644',
      content: Buffer.from(text),
    }),
  );
  return digestsByPath([...rendered, ...edited]);
}

describe('ProvenanceRecovery', () => {
  it('recovers template, version and values from the task that made the service', async () => {
    const found = await recovery(versions, {
      taskId: 't1',
      templateRef: TEMPLATE,
      values,
      lost: [],
    }).recover({
      entity,
      url: undefined,
      ours: service(versions[0], { 'a.txt': 'edited\n' }),
      at,
      signal,
    });
    expect(found?.recovered).toEqual({
      template: TEMPLATE,
      version: '1.0.0',
      via: 'scaffolder-task',
      taskId: 't1',
      equalFiles: 4,
      files: 5,
    });
    expect(found?.layer).toMatchObject({
      id: 'service',
      template: { version: '1.0.0', inputDigest: versions[0].digest },
      render: { values },
      applied: { at, via: 'recovered:scaffolder-task:t1' },
    });
    // What the service has edited is recorded as it was rendered, so that it counts as its edit
    expect(found?.layer?.rendered.files['a.txt'].sha256).toBe(
      digestOf(Buffer.from('a 1.0.0\n')),
    );
  });

  it('guesses the closest version where no task is left, and says that it is a guess', async () => {
    const found = await recovery(versions, new Error('down')).recover({
      entity,
      url: undefined,
      ours: service(versions[1]),
      at,
      signal,
    });
    expect(found?.recovered).toMatchObject({
      version: '1.1.0',
      via: 'closest-version',
      equalFiles: 5,
      files: 5,
      reason: expect.stringContaining('Guessed'),
    });
    expect(found?.layer?.applied.via).toBe('recovered:closest-version');
  });

  it('makes no lock that would have to invent a value', async () => {
    const asks = template('1.0.0', 'hello', {
      'skeleton/d.txt': '${{ values.secretSauce }}\n',
    });
    const found = await recovery([asks]).recover({
      entity,
      url: undefined,
      ours: service(versions[0]),
      at,
      signal,
    });
    expect(found?.layer).toBeUndefined();
    expect(found?.recovered.reason).toContain('secretSauce');
  });

  it('says nothing of a repository that has little in common with any version', async () => {
    expect(
      await recovery(versions).recover({
        entity,
        url: undefined,
        ours: digestsByPath([
          { path: 'b.txt', mode: '100644', content: Buffer.from('b\n') },
        ]),
        at,
        signal,
      }),
    ).toBeUndefined();
  });
});
