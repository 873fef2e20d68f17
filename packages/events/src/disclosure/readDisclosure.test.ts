import { readSampleText } from '../__testUtils__/deliveries';
import { TranslationError } from '../translationError';
import { readDisclosure } from './readDisclosure';

const message = (trailer: string) => `Subject\n\nText.\n\n${trailer}`;

describe('trailers', () => {
  it.each([
    ['Co-authored-by: Claude <noreply@anthropic.com>', 'Claude'],
    ['Co-Authored-By: Cursor Agent <cursoragent@cursor.com>', 'Cursor'],
    [
      'co-authored-by: whatever it is called now <198982749+Renamed@users.noreply.github.com>',
      'GitHub Copilot',
    ],
    ['Assisted-by: Claude:claude-3-opus coccinelle sparse', 'Claude'],
    ['Assisted-by: Claude coccinelle sparse', 'Claude'],
    ['Assisted-by: GitHub Copilot', 'GitHub Copilot'],
    ['Assisted-by: Claude Opus 4.5', 'Claude'],
    ['Generated-by: OpenAI Codex', 'Codex'],
    ['Assisted-by: Inhouse:gpt-5', 'a tool that names its model'],
    ['Fixes: #1\nAssisted-by: Gemini:gemini-3\n coccinelle', 'Gemini'],
  ])('%s discloses', (trailer, tool) => {
    const { disclosure, signals } = readDisclosure({
      messages: [message(trailer)],
    });
    expect(disclosure).toBe('ai-assisted');
    expect(signals).toHaveLength(1);
    expect(signals[0]).toMatch(
      /^trailer (Co-authored|Assisted|Generated)-by: /,
    );
    expect(signals[0]).toContain(tool);
  });

  it.each([
    'Assisted-by: Jane Doe',
    'Assisted-by: Jane Doe <jane@example.com>',
    'Assisted-by: Claude Martin',
    'Assisted-by: Claude Martin <claude.martin@example.com>',
    'Assisted-by: Jane Doe:thanks',
    'Assisted-by: https://example.com/claude',
    'Assisted-by: coccinelle',
    'Co-authored-by: Claude Martin <claude.martin@example.com>',
    'Co-authored-by: Jane <1234567+jane@users.noreply.github.com>',
    'Generated-by: protoc 3.21',
    'Reviewed-by: Claude <noreply@anthropic.com>',
  ])('%s discloses nothing', trailer => {
    expect(readDisclosure({ messages: [message(trailer)] })).toEqual({
      disclosure: 'no-disclosure',
      signals: [],
    });
  });

  it('count only in the last paragraph, which is not the subject', () => {
    const trailer = 'Assisted-by: Claude';
    expect(
      readDisclosure({ messages: [`Subject\n\n${trailer}\n\nMore text.`] })
        .disclosure,
    ).toBe('no-disclosure');
    expect(readDisclosure({ messages: [trailer] }).disclosure).toBe(
      'no-disclosure',
    );
    expect(
      readDisclosure({ messages: [`Subject\r\n\r\n${trailer}\r\n\r\n`] })
        .disclosure,
    ).toBe('ai-assisted');
  });
});

describe('accounts', () => {
  it('are known by their numeric id, in an address, too', () => {
    expect(readDisclosure({ authors: [{ githubId: 158243242 }] })).toEqual({
      disclosure: 'ai-assisted',
      signals: ['author: Devin'],
    });
    expect(
      readDisclosure({
        committers: [{ email: '209825114+x[bot]@users.noreply.github.com' }],
      }).signals,
    ).toEqual(['committer: Claude']);
  });

  it('that move dependencies are automation, unless an agent helped', () => {
    const authors = [{ githubId: 29139614 }];
    expect(readDisclosure({ authors })).toEqual({
      disclosure: 'automation',
      signals: ['author: Renovate'],
    });
    expect(
      readDisclosure({ authors, messages: [message('Assisted-by: Claude')] })
        .disclosure,
    ).toBe('ai-assisted');
  });

  it('that only review are a signal and no disclosure', () => {
    const coderabbit = '136622811+coderabbitai[bot]@users.noreply.github.com';
    expect(
      readDisclosure({
        messages: [
          message(`Co-authored-by: coderabbitai[bot] <${coderabbit}>`),
        ],
      }),
    ).toEqual({
      disclosure: 'no-disclosure',
      signals: ['ai-reviewed (trailer Co-authored-by): CodeRabbit'],
    });
    expect(readDisclosure({ reviewers: [{ githubId: 198982749 }] })).toEqual({
      disclosure: 'no-disclosure',
      signals: ['ai-reviewed (review): GitHub Copilot'],
    });
  });

  it('of people are never named', () => {
    expect(
      readDisclosure({
        authors: [{ githubId: 1234567, email: 'jane@example.com' }],
        committers: [{ email: 'jane@example.com' }],
      }),
    ).toEqual({ disclosure: 'no-disclosure', signals: [] });
  });
});

describe('branch names', () => {
  it.each([
    ['codex/fix-basket', 'ai-assisted'],
    ['Copilot/fix-1', 'ai-assisted'],
    ['dependabot/npm_and_yarn/zod-4', 'automation'],
    ['renovate/zod', 'automation'],
    ['feature/codex/x', 'no-disclosure'],
    ['claude', 'no-disclosure'],
  ])('%s: %s', (branch, disclosure) => {
    expect(readDisclosure({ branch }).disclosure).toBe(disclosure);
  });
});

describe('git notes', () => {
  it.each([
    // main.rs: 1-10, 15-20, 25 and 30-35 are 23 lines; lib.rs: 1-50
    ['git_ai_note_legacy.txt', 73],
    // The same lines by two sessions; 42-50 are a person's.
    ['git_ai_note_sessions.txt', 73],
    // 1-10 of a session and 1-50 of a prompt; 15-20 are a person's.
    ['git_ai_note_mixed.txt', 60],
  ])('%s: %d lines', (file, lines) => {
    const result = readDisclosure({ notes: [readSampleText('ai', file)] });
    expect(result).toEqual({
      disclosure: 'ai-assisted',
      signals: [`git note: ${lines} lines`],
      agentLines: lines,
    });
    expect(JSON.stringify(result)).not.toMatch(/dev@example|Developer/);
  });

  it('with lines of people alone disclose nothing', () => {
    const note =
      'a.ts\n  h_1 1-9\n---\n{"schema_version":"authorship/3.0.0","humans":{"h_1":{}}}';
    expect(readDisclosure({ notes: [note] })).toEqual({
      disclosure: 'no-disclosure',
      signals: [],
      agentLines: 0,
    });
  });

  it.each([
    ['no divider', 'a.ts\n  x 1-9', "no line '---'"],
    ['no JSON', 'a.ts\n  x 1-9\n---\nfoo', 'no JSON'],
    [
      'another version',
      '---\n{"schema_version":"authorship/4.0.0"}',
      'schema_version: must be authorship/3.x.y',
    ],
    [
      'lines that are none',
      'a.ts\n  x one\n---\n{"schema_version":"authorship/3.0.0"}',
      'line ranges',
    ],
  ])('with %s are refused', (_what, note, text) => {
    expect(() => readDisclosure({ notes: [note] })).toThrow(TranslationError);
    expect(() => readDisclosure({ notes: [note] })).toThrow(text);
  });
});

describe('Agent Trace', () => {
  const trace = {
    version: '0.1.0',
    id: '550e8400-e29b-41d4-a716-446655440000',
    timestamp: '2026-01-23T14:30:00Z',
    files: [
      {
        path: 'src/a.ts',
        conversations: [
          {
            contributor: { type: 'ai', model_id: 'anthropic/claude-opus-4-5' },
            ranges: [
              { start_line: 1, end_line: 10 },
              { start_line: 5, end_line: 12 },
              {
                start_line: 20,
                end_line: 29,
                contributor: { type: 'human' },
              },
            ],
          },
          {
            contributor: { type: 'mixed' },
            ranges: [{ start_line: 12, end_line: 14 }],
          },
        ],
      },
    ],
  };

  it('counts each line of agents once, and what a range says first', () => {
    expect(readDisclosure({ traces: [trace] })).toEqual({
      disclosure: 'ai-assisted',
      signals: ['Agent Trace: 14 lines'],
      agentLines: 14,
    });
  });

  it('is refused when it is none', () => {
    expect(() =>
      readDisclosure({ traces: [{ ...trace, version: '2.0.0' }] }),
    ).toThrow('Agent Trace record: version: must be a version 0.x.y');
  });
});
