import { findFlagUse } from './flagUse';
import { openTexts } from './__fixtures__/describeTexts';

const TABLE = "export const DEFAULTS = { 'a': true } as const;\n";
const CALL = 'useBooleanFlagValue(key, DEFAULTS[key])';

const keys = (files: Record<string, string>) =>
  findFlagUse(openTexts(files)).map(({ file, key }) => [file, key]);

describe('a table of flags in another file', () => {
  it.each([
    ['shared/flags.ts', "import { DEFAULTS } from '../shared/flags.ts';"],
    ['shared/flags.ts', "import { DEFAULTS } from '../shared/flags.js';"],
    ['shared/flags.tsx', "import { DEFAULTS } from '../shared/flags.js';"],
    ['shared/flags.ts', "import { DEFAULTS } from '../shared/flags';"],
    ['shared/index.ts', "import { type Key, DEFAULTS } from '../shared';"],
    [
      'src/flags.ts',
      "import { x } from 'y';\nimport type { Key } from './key';\nimport { DEFAULTS } from './flags';",
    ],
  ])('is read in %s by %s', (file, text) => {
    expect(keys({ [file]: TABLE, 'src/a.ts': `${text}\n${CALL}` })).toEqual([
      [file, 'a'],
    ]);
  });

  it.each([
    "import { DEFAULTS } from 'flags';",
    "import { OTHER as DEFAULTS } from '../shared/flags.ts';",
    "import DEFAULTS from '../shared/flags.ts';",
    "import { DEFAULTS } from '../shared/gone.ts';",
    "export { DEFAULTS } from '../shared/flags.ts';",
    "import { OTHER } from '../shared/flags.ts';\nconst { DEFAULTS } = OTHER;",
  ])('stays open with %s', text => {
    expect(
      keys({ 'shared/flags.ts': TABLE, 'src/a.ts': `${text}\n${CALL}` }),
    ).toEqual([['src/a.ts', undefined]]);
  });
});
