import { makeFolder } from '../__testUtils__/repositories';
import { ScratchRepository } from '../repository/ScratchRepository';
import { GitSession, type GitSessionOptions } from './GitSession';

jest.setTimeout(30_000);

let sessions: GitSession[] = [];

afterEach(async () => {
  await Promise.all(sessions.map(session => session.end()));
  sessions = [];
});

async function start(
  args: readonly string[],
  options: Omit<GitSessionOptions, 'args'> = {},
): Promise<GitSession> {
  const { gitDir } = await ScratchRepository.create({
    temporaryDirectory: makeFolder(),
  });
  const session = new GitSession({ gitDir, args, ...options });
  sessions.push(session);
  return session;
}

const CHECK = ['cat-file', '--batch-check'];

describe('GitSession', () => {
  it('answers one question after the other', async () => {
    const session = await start(CHECK);
    for (let at = 0; at < 20; at++) {
      const answer = await session.ask([`${at}\n`], `${at} missing\n`);
      expect(answer.toString()).toBe(`${at} missing\n`);
    }
  });

  it('begins the next answer with what came after the end of this one', async () => {
    const session = await start(CHECK);
    const first = await session.ask(['a\nb\nc\n'], 'b missing\n');
    expect(first.toString()).toBe('a missing\nb missing\n');
    const second = await session.ask(['d\n'], 'd missing\n');
    expect(second.toString()).toBe('c missing\nd missing\n');
  });

  it('finds the end of an answer of many pieces', async () => {
    const session = await start(CHECK);
    const names = Array.from({ length: 50_000 }, (_, at) => `name-${at}\n`);
    const answer = await session.ask([...names, 'end\n'], '\nend missing\n');
    expect(answer.toString().split('\n')).toHaveLength(50_002);
  });

  it('is asked one thing at a time', async () => {
    const session = await start(CHECK);
    const first = session.ask(['a\n'], 'a missing\n');
    await expect(session.ask(['b\n'], 'b missing\n')).rejects.toThrow(
      'git cat-file is asked two things at once',
    );
    expect((await first).toString()).toBe('a missing\n');
  });

  it('fails with what git said, also when asked again', async () => {
    const session = await start(['cat-file', '--no-such-option']);
    const said = /git cat-file failed: error: unknown option/;
    await expect(session.ask(['a\n'], 'never')).rejects.toThrow(said);
    await expect(session.ask(['a\n'], 'never')).rejects.toThrow(said);
    await expect(session.ask(['a\n'], 'never')).rejects.toMatchObject({
      exitCode: 129,
    });
  });

  it('is stopped when an answer takes too long, and stays so', async () => {
    const session = await start(CHECK, { timeoutMilliseconds: 200 });
    const late = 'git cat-file took over 200 ms';
    await expect(session.ask(['a\n'], 'never')).rejects.toThrow(late);
    await expect(session.ask(['a\n'], 'a missing\n')).rejects.toThrow(late);
  });

  it('is stopped by its signal', async () => {
    const stop = new AbortController();
    const session = await start(CHECK, { signal: stop.signal });
    await session.ask(['a\n'], 'a missing\n');
    const answer = session.ask(['b\n'], 'never');
    stop.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
    await expect(session.ask(['c\n'], 'c missing\n')).rejects.toThrow('enough');
  });

  it('refuses an answer that is too large', async () => {
    const session = await start(CHECK, { maxOutputBytes: 1000 });
    const names = Array.from({ length: 1000 }, (_, at) => `name-${at}\n`);
    await expect(session.ask(names, 'never')).rejects.toThrow(
      'git cat-file wrote more than 1000 bytes',
    );
  });

  it('answers nothing after its end', async () => {
    const session = await start(CHECK);
    const answers = Promise.allSettled([session.ask(['a\n'], 'never')]);
    await session.end();
    const [{ status }] = await answers;
    expect(status).toBe('rejected');
    await expect(session.ask(['a\n'], 'a missing\n')).rejects.toThrow(
      'git cat-file was stopped',
    );
  });
});
