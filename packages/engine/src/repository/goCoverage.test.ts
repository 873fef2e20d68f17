import { describeTexts, workflowOf } from './__fixtures__/describeTexts';

const MAKEFILE = `test:
\tCGO_ENABLED=1 go test -race -coverprofile=coverage.out ./...

coverage: test
\tgo tool cover -func=coverage.out | awk -v floor=80 '/^total:/ { if ($$3 + 0 < floor) exit 1 }'
`;

function floors(makefile: string, step = 'run: make coverage') {
  return describeTexts({
    Makefile: makefile,
    '.github/workflows/ci.yml': workflowOf(step),
  }).coverage?.map(({ file, tool, floor, enforced }) => [
    file,
    tool,
    floor,
    enforced,
  ]);
}

describe('the floor of Go coverage', () => {
  const file = '.github/workflows/ci.yml';

  it('is what awk compares the total with', () => {
    expect(floors(MAKEFILE)).toEqual([[file, 'go cover', 80, true]]);
  });

  it('is not enforced without tests that measure', () => {
    const unmeasured = MAKEFILE.replace(' -coverprofile=coverage.out', '');
    expect(floors(unmeasured)).toEqual([[file, 'go cover', 80, false]]);
  });

  it.each([
    ['awk only prints', MAKEFILE.replace('exit 1', 'print floor')],
    ['nothing lists the coverage', MAKEFILE.replace('go tool cover', 'cat')],
    ['another line is read', MAKEFILE.replace('^total:', '^main:')],
  ])('is none where %s', (_, makefile) => {
    expect(floors(makefile)).toEqual([]);
  });

  it('is none that a pipeline does not run', () => {
    expect(floors(MAKEFILE, 'run: make test')).toEqual([]);
  });
});
