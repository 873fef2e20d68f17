import { toolFindingSchema } from '@goldenpath/engine';
import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { assetsFolder } from '../toolPlace';
import {
  INSTALLED_BY_SCRIPT,
  matching,
  printedJson,
  runIn,
  type TemplateTool,
  WORKFLOWS,
} from './templateTool';

/** GitHub's own reading of workflows, with the inputs of the actions at their pinned commits. */
export const languageService: TemplateTool = {
  name: '@actions/languageservice',
  how: INSTALLED_BY_SCRIPT,
  reads: texts => matching(texts, WORKFLOWS),
  async version({ folder }) {
    const manifest = path.join(
      ...[folder, 'node_modules', '@actions', 'languageservice'],
      'package.json',
    );
    try {
      return JSON.parse(await fs.readFile(manifest, 'utf8')).version;
    } catch {
      return undefined;
    }
  },
  async run(workspace, files) {
    const assets = assetsFolder();
    const actions = await fs.readFile(
      path.join(assets, 'schemas', 'action-inputs.json'),
      'utf8',
    );
    const result = await runIn(
      workspace,
      process.execPath,
      [path.join(assets, 'tools', 'languageServiceProgram.mjs')],
      JSON.stringify({
        folder: workspace.place.folder,
        files: Object.fromEntries(
          files.map(file => [file, workspace.texts.get(file)]),
        ),
        actions: JSON.parse(actions),
      }),
    );
    return z
      .array(toolFindingSchema)
      .parse(printedJson('The language service', result));
  },
};
