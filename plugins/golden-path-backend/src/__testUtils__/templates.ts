import {
  buildLayer,
  formatLock,
  parseTemplateManifest,
  renderSkeleton,
  SourceFile,
} from '@goldenpath/engine';

/** A small template: its files by path, as a folder beside `template.yaml` holds them. */
export const templateFolder = (version: string, greeting: string) => ({
  'template.yaml': 'kind: Template\n',
  'golden-path.template.yaml': `schemaVersion: 1
version: ${version}
classes: { managed: ['ci.yml'], seeded: ['README.md'] }
`,
  'skeleton/ci.yml': `greet: ${greeting}\n`,
  'skeleton/README.md': '# ${{ values.name }}\n',
});

/** What the template renders for a service, with the lock that is stamped beside it. */
export function renderService(options: {
  folder: Record<string, string>;
  entityRef: string;
  name: string;
}): Record<string, string> {
  const { folder, entityRef, name } = options;
  const manifest = parseTemplateManifest({
    text: folder['golden-path.template.yaml'],
    file: 'golden-path.template.yaml',
  });
  const rendered = renderSkeleton({
    files: Object.entries(folder)
      .filter(([path]) => path.startsWith('skeleton/'))
      .map(
        ([path, text]): SourceFile => ({
          path: path.slice('skeleton/'.length),
          mode: '100644',
          content: Buffer.from(text),
        }),
      ),
    values: { name },
  });
  const layer = buildLayer({
    id: 'service',
    entityRef,
    source: { type: 'file', url: 'file:///template', commit: null },
    manifest,
    inputDigest: `sha256:${'0'.repeat(64)}`,
    values: { name },
    rendered,
    applied: { at: '2026-11-01T00:00:00.000Z', via: 'test' },
  });
  const files = rendered.map(file => [
    file.path,
    Buffer.from(file.content).toString(),
  ]);
  return {
    ...Object.fromEntries(files),
    '.golden-path.lock.yaml': formatLock({ schemaVersion: 1, layers: [layer] }),
  };
}
