import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createFetchTemplateAction } from '@backstage/plugin-scaffolder-backend';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { renderSkeleton, type SourceFile } from '@goldenpath/engine';
import fs from 'fs-extra';
import { readFolder } from './readFolder';

describe("the engine's renderSkeleton", () => {
  const directory = createMockDirectory();

  it("gives the files that Backstage's fetch:template gives", async () => {
    const values = {
      name: 'pay',
      owner: 'group:default/payments',
      repo: 'github.com?owner=acme&repo=pay',
      on: true,
      off: false,
      nothing: null,
      list: ['a', 'b'],
      ports: [{ name: 'http', port: 8080 }],
      package: 'com/acme',
    };
    directory.setContent({
      skeleton: {
        'README.md':
          '# ${{ values.name | title }}\r\n${{ values.nothing }}|\r\n',
        'bom.txt': '\uFEFFö ${{ values.name }}',
        'empty.txt': '',
        '.dot': { '.file': '${{ values.list | dump }}' },
        '{% if values.on %}on{% endif %}': { 'a.txt': 'a' },
        '{% if values.off %}off{% endif %}': { 'b.txt': 'b' },
        '{% if values.off %}c.txt{% endif %}': 'c',
        src: {
          '${{ values.package }}': { 'A.java': 'class A {}' },
          '{% if values.off %}d.txt{% endif %}': 'd',
        },
        'blocks.txt':
          '{%- for p in values.ports %}\n  - ${{ p.name }}:${{ p.port }} ${{ loop.index0 }}\n{%- endfor %}\n{% raw %}${{ x }}{% endraw %}{# gone #}',
        'filters.txt':
          "${{ values.repo | projectSlug }} ${{ values.repo | parseRepoUrl | pick('owner') }} ${{ values.owner | parseEntityRef | pick('name') }} ${{ values.list | join('-') | replace('a', 'z') | upper }} ${{ 'x' if values.off }} ${{ values.missing or 'd' }} ${{ values.missing | default('e') }}",
        'macro.txt':
          '{% macro m(a, b="c") %}${{ a }}-${{ b }}{% endmacro %}{% set s = m("1") %}${{ s }}{% if values.missing %}no{% else %}yes{% endif %}',
        workflows: { 'ci-${{ values.name }}.yml': '${{ github.sha }}' },
        'image.bin': Buffer.from([0, 1, 2, 0x24, 0x7b, 0x7b, 0xff]),
        'doc.pdf': Buffer.from('%PDF-1.7 ${{ x'),
      },
      workspace: {},
      tmp: {},
    });
    await fs.chmod(directory.resolve('skeleton/README.md'), 0o755);
    await fs.symlink('README.md', directory.resolve('skeleton/link'));
    const copyWithoutTemplating = ['workflows', '**/*.none'];

    const action = createFetchTemplateAction({
      reader: mockServices.urlReader.mock(),
      integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
    });
    await action.handler({
      ...createMockActionContext({
        workspacePath: directory.resolve('workspace'),
        templateInfo: {
          entityRef: 'template:default/t',
          baseUrl: `file://${directory.resolve('template.yaml')}`,
        },
      }),
      createTemporaryDirectory: async () => directory.resolve('tmp'),
      input: { url: './skeleton', values, copyWithoutTemplating },
    } as unknown as Parameters<typeof action.handler>[0]);

    const backstage = await readFolder(directory.resolve('workspace'));
    const ours = renderSkeleton({
      files: await readFolder(directory.resolve('skeleton')),
      values,
      copyWithoutTemplating,
    });
    const show = (files: SourceFile[]) =>
      files
        .map(file => ({
          ...file,
          content: Buffer.from(file.content).toString('latin1'),
        }))
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    expect(ours.length).toBeGreaterThan(10);
    expect(show(ours)).toEqual(show(backstage));
  });
});
