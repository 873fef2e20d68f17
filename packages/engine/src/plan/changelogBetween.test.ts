import { changelogBetween } from './changelogBetween';

const CHANGELOG = `# Changelog

## Unreleased
- not yet

## [1.10.0] - 2026-11-01
### Added
- ten

## 1.9.0 (2026-10-01)

\`\`\`md
## 1.8.5
no heading
\`\`\`

## v1.8.0
- eight

## About
- words
`;

describe('changelogBetween', () => {
  it('takes the versions after the one and up to the other, by number', () => {
    expect(changelogBetween(CHANGELOG, '1.8.0', '1.10.0')).toEqual([
      { version: '1.10.0', text: '### Added\n- ten' },
      { version: '1.9.0', text: '```md\n## 1.8.5\nno heading\n```' },
    ]);
  });

  it('ends a section with any heading of its rank', () => {
    expect(changelogBetween(CHANGELOG, '1.0.0', '1.8.0')).toEqual([
      { version: '1.8.0', text: '- eight' },
    ]);
  });

  it.each([
    ['going back', '1.10.0', '1.8.0'],
    ['a stamped version that is none', 'unreleased', '1.10.0'],
  ])('has nothing for %s', (_, from, to) => {
    expect(changelogBetween(CHANGELOG, from, to)).toEqual([]);
  });
});
