import { describeTexts, workflowOf } from './__fixtures__/describeTexts';

function floors(texts: Record<string, string>) {
  return (describeTexts(texts).coverage ?? []).map(c => [
    c.tool,
    c.floor,
    c.enforced,
    c.line,
  ]);
}

const vitest = (body: string) => `export default defineConfig({
  test: {
    // thresholds: { lines: 1 },
    coverage: ${body},
  },
});
`;

describe('coverage floors', () => {
  it.each([
    [
      {
        'package.json':
          '{"scripts":{"t":"node --test --experimental-test-coverage --test-coverage-lines=85"}}',
      },
      [['node', 85, true, 1]],
    ],
    [
      {
        'package.json':
          '{"scripts":{"t":"node --test --test-coverage-lines=85"}}',
      },
      [['node', 85, false, 1]],
    ],
    [
      {
        'package.json':
          '{"scripts":{"t":"jest --coverage"},"jest":{"coverageThreshold":{"global":{"branches":70,"lines":90}}}}',
      },
      [['jest', 90, true, 1]],
    ],
    [
      {
        'package.json':
          '{"jest":{"coverageThreshold":{"global":{"branches":70,"functions":60}}}}',
      },
      [['jest', 60, false, 1]],
    ],
    [
      {
        'package.json':
          '{"scripts":{"t":"c8 node --test"},"c8":{"check-coverage":true}}',
      },
      [['c8', 90, true, 1]],
    ],
    [{ 'package.json': '{"c8":{"lines":90}}' }, []],
    [
      { '.nycrc': '{"check-coverage":true,"lines":82}' },
      [['nyc', 82, false, 1]],
    ],
    [
      {
        'vitest.config.ts': vitest(
          '{ enabled: true, thresholds: { lines: 81, branches: 70 } }',
        ),
      },
      [['vitest', 81, true, 4]],
    ],
    [
      {
        'vitest.config.ts': vitest(
          "{\n provider: 'v8',\n 'thresholds': {\n lines: 81 } }",
        ),
      },
      [['vitest', 81, false, 6]],
    ],
    [{ 'vitest.config.ts': vitest('{ reporter: [] }') }, []],
    [
      {
        'vite.config.js': vitest(
          '{ enabled: true, thresholds: { 100: true } }',
        ),
      },
      [['vitest', 100, true, 4]],
    ],
    [{ 'vite.config.js': vitest('{ thresholds: { 100: false } }') }, []],
    [
      {
        'package.json':
          '{"scripts":{"t":"borp --coverage --check-coverage --lines 95"}}',
      },
      [['borp', 95, true, 1]],
    ],
    [
      { 'package.json': '{"scripts":{"t":"c8 --check-coverage node --test"}}' },
      [['c8', 90, true, 1]],
    ],
    [
      {
        'package.json':
          '{"scripts":{"t":"c8 --check-coverage=false node --test"}}',
      },
      [],
    ],
    [
      {
        'jest.config.js':
          'module.exports = { collectCoverage: true, coverageThreshold: { global: { lines: 88 } } };',
      },
      [['jest', 88, true, 1]],
    ],
    [
      {
        'pyproject.toml':
          '[tool.coverage.report]\nfail_under = 83\n[tool.pytest.ini_options]\naddopts = "--cov=src"\n',
      },
      [['coverage.py', 83, true, 1]],
    ],
    [
      {
        'pyproject.toml':
          '[tool.pytest.ini_options]\naddopts = "--cov --cov-fail-under=84"\n',
      },
      [['pytest', 84, true, 1]],
    ],
    [
      { '.coveragerc': '[report]\nfail_under = 75\n' },
      [['coverage.py', 75, false, 2]],
    ],
    [
      {
        '.github/workflows/x.yml': workflowOf(
          'run: pytest --cov-fail-under=91',
        ),
      },
      [['pytest', 91, true, 6]],
    ],
    [
      { '.testcoverage.yml': 'threshold:\n  total: 80\n' },
      [['go-test-coverage', 80, false, 2]],
    ],
    [{ 'pom.xml': '<project/>' }, []],
    [{ 'build.gradle': '' }, [[undefined, undefined, undefined, 1]]],
    [{}, []],
  ])('%j', (texts, expected) => {
    expect(floors(texts as Record<string, string>)).toEqual(expected);
  });
});
