import {
  buildLayer,
  digestOf,
  formatLock,
  Layer,
  renderTemplate,
  RenderValues,
  RepositoryFile,
  SourceFile,
} from '@goldenpath/engine';
import {
  Template,
  templateFromFiles,
  TemplateOrigin,
  templateSourceOf,
} from '../drift/templateFiles';

/** A template from its files by path, as the backend reads it. */
export function templateOf(
  folder: Record<string, string>,
  origin: Partial<TemplateOrigin> = {},
): Template {
  const files = Object.entries(folder).map(
    ([path, text]): RepositoryFile => ({
      path,
      mode: '100644',
      size: text.length,
      sha256: digestOf(Buffer.from(text)),
      content: Buffer.from(text),
    }),
  );
  return templateFromFiles(files, {
    url: 'https://git.example.com/acme/templates/tree/main/node/',
    commit: null,
    ...origin,
  });
}

/** What a template stamps into a service: its files with their contents, and the layer of the lock. */
export function stamp(options: {
  template: Template;
  entityRef: string;
  values: RenderValues;
}): { rendered: SourceFile[]; layer: Layer; files: Record<string, string> } {
  const { template, entityRef, values } = options;
  const { manifest, parts } = template;
  const rendered = renderTemplate({ manifest, parts, values });
  const layer = buildLayer({
    id: 'service',
    entityRef,
    source: templateSourceOf(template),
    manifest,
    inputDigest: template.digest,
    values,
    rendered,
    applied: { at: '2026-11-01T00:00:00.000Z', via: 'test' },
  });
  return {
    rendered,
    layer,
    files: {
      ...Object.fromEntries(
        rendered.map(({ path, content }) => [
          path,
          Buffer.from(content).toString(),
        ]),
      ),
      '.golden-path.lock.yaml': formatLock({
        schemaVersion: 1,
        layers: [layer],
      }),
    },
  };
}
