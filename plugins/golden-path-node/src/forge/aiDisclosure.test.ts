import { readAiDisclosure } from './aiDisclosure';

const SILENT = { disclosed: false, assisted: false };
const YES = { disclosed: true, assisted: true };
const NO = { disclosed: true, assisted: false };

it.each([
  ['', SILENT],
  ['Adds an AI search to the shop', SILENT],
  ['Moves the cursor; generated with love', SILENT],
  ['Co-authored-by: Octavia <octavia@example.com>', SILENT],
  ['Co-authored-by: Claude <noreply@anthropic.com>', YES],
  [
    'Co-Authored-By: someone <158243242+devin-ai-integration[bot]@users.noreply.github.com>',
    YES,
  ],
  ['Assisted-by: a tool of ours', YES],
  ['🤖 Generated with [Claude Code](https://claude.ai/code)', YES],
  ['AI-assisted: yes, the tests', YES],
  ['**AI usage:** none', NO],
  ['AI usage: yes / no', SILENT],
  ['- [x] No AI was used', NO],
  ['- [x] I used Copilot for the tests', YES],
  ['- [ ] I used Copilot for the tests', SILENT],
  ['- [x] I ran the tests', SILENT],
  ['## AI assistance\n<!-- Say what it did -->\n\n## Tests\nRan them.', SILENT],
  ['## AI assistance\nDid an agent take part?\n- [ ] Yes\n- [ ] No', SILENT],
  ['## AI assistance\n- [x] None', NO],
  ['## AI usage\nThe parser was drafted by a model.', YES],
  ['## AI search\nThe parser was rewritten.', SILENT],
])('reads %j', (text, expected) => {
  expect(readAiDisclosure(text, [])).toEqual(expected);
});

it('reads the trailers of commits, and nothing else of them', () => {
  expect(
    readAiDisclosure('', [
      'Fix\n\nCo-authored-by: Copilot <copilot@github.com>',
    ]),
  ).toEqual(YES);
  expect(readAiDisclosure('', ['## AI usage\nThe parser'])).toEqual(SILENT);
});
