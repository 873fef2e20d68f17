import { mutationEdits } from './applyEdits';
import { parseTemplateMutations, parseTemplateProof } from './proofDocuments';

const proof = (rest: string) =>
  parseTemplateProof({
    file: 'proof.yaml',
    text: `schemaVersion: 1\nvalues: { name: pay }\n${rest}`,
  });

describe('proof.yaml', () => {
  it('takes rows with any values and fills in what may be left out', () => {
    expect(proof('matrix: [{ id: one, tier: 4 }]')).toMatchObject({
      matrix: [{ id: 'one', tier: 4 }],
      waive: [],
    });
  });

  it('refuses two rows of one name and a build of a row that is not there', () => {
    expect(() =>
      proof(
        'matrix: [{ id: one }, { id: one }]\nbuild: { row: two, needs: [node], commands: [[npm, ci]] }',
      ),
    ).toThrow(
      /Two rows are called 'one'[^]*No row of the matrix is called 'two'/,
    );
  });

  it('refuses a waiver without a reason and a base outside the template', () => {
    expect(() =>
      proof('matrix: [{ id: one }]\nwaive: [{ tool: checkov, rule: A }]'),
    ).toThrow(/reason/);
    expect(() => proof('matrix: [{ id: one }]\nbase: ../elsewhere')).toThrow(
      /stays inside/,
    );
  });
});

describe('mutations.yaml', () => {
  const edits = (mutation: string) =>
    parseTemplateMutations({
      file: 'mutations.yaml',
      text: `schemaVersion: 1\nmutations: [{ check: A, title: A fault, ${mutation} }]`,
    }).mutations.map(mutationEdits)[0];

  it('writes one edit flat and several as a list', () => {
    expect(edits('remove: a.md')).toEqual([{ remove: 'a.md' }]);
    expect(edits('add: a.md, content: x')).toEqual([
      { add: 'a.md', content: 'x' },
    ]);
    expect(edits('file: a.md, replace: x, with: ""')).toEqual([
      { file: 'a.md', replace: 'x', with: '' },
    ]);
    expect(
      edits('edits: [{ remove: a.md }, { add: b.md, content: x }]'),
    ).toEqual([{ remove: 'a.md' }, { add: 'b.md', content: 'x' }]);
  });

  it('refuses a fault without an edit, and one with two written flat', () => {
    expect(() => edits('row: one')).toThrow();
    expect(() => edits('remove: a.md, add: b.md, content: x')).toThrow();
  });
});
