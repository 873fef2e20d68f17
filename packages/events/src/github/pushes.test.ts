import { parseDeliveryEvent } from '@goldenpath/engine';
import { githubDelivery, readSample } from '../__testUtils__/deliveries';
import { reasonOf } from '../__testUtils__/githubEvents';
import { translateGithub } from './translateGithub';

type Json = ReturnType<typeof readSample>;

const SHA = 'a'.repeat(40);

describe('push', () => {
  const commit = (id: string, message: string, more: object = {}) => ({
    id: id.repeat(40),
    message,
    timestamp: '2019-05-15T17:19:25+02:00',
    author: { email: 'jane@example.com' },
    added: [],
    modified: [`src/${id}.ts`],
    removed: [],
    ...more,
  });
  const sample = (...commits: Json[]) => ({
    ...readSample('github/push_with-new-branch.payload.json'),
    commits,
  });
  const eventsOf = (body: Json) =>
    translateGithub(githubDelivery('push', body)).events.map(
      parseDeliveryEvent,
    );

  it('takes a commit that was pushed by itself for a change', () => {
    expect(
      eventsOf(readSample('github/push_with-new-branch.payload.json')),
    ).toMatchObject([
      {
        kind: 'change-merged',
        sha: '6113728f27ae82c7b1a177c8d03f9e96e0adf246',
        subjectId: '6113728f27ae82c7b1a177c8d03f9e96e0adf246',
        at: new Date(1557933657_000),
        startedAt: new Date('2019-05-15T15:19:25Z'),
        paths: ['README.md'],
        disclosure: 'no-disclosure',
      },
    ]);
  });

  it('puts the commits of a pull request together under its id', () => {
    const events = eventsOf(
      sample(
        commit('1', 'direct (see #3)'),
        commit('2', 'squashed (#11)', { timestamp: '2019-05-10T00:00:00Z' }),
        commit('3', 'one\n\nCo-authored-by: Claude <noreply@anthropic.com>', {
          timestamp: '2019-05-13T10:00:00Z',
        }),
        commit('4', 'two'),
        commit('5', 'Merge pull request #12 from acme/topic\n\nTopic'),
      ),
    );
    expect(events).toMatchObject([
      { subjectId: '1'.repeat(40), paths: ['src/1.ts'] },
      {
        subjectId: 'Codertocat/Hello-World#11',
        sha: '2'.repeat(40),
        disclosure: 'no-disclosure',
      },
      {
        subjectId: 'Codertocat/Hello-World#12',
        sha: '5'.repeat(40),
        disclosure: 'ai-assisted',
        startedAt: new Date('2019-05-13T10:00:00Z'),
        paths: ['src/3.ts', 'src/4.ts', 'src/5.ts'],
      },
    ]);
  });

  it('finds reverts in messages, and keeps no person', () => {
    const [event] = eventsOf(
      sample(commit('1', `Revert "x"\n\nThis reverts commit ${SHA}.`)),
    );
    expect(event).toMatchObject({ reverts: [SHA] });
    expect(JSON.stringify(event.raw)).not.toContain('jane@example.com');
  });

  it('takes a dependency bot for automation, not the formatter that co-authored', () => {
    const [bot, person] = eventsOf(
      sample(
        commit('1', 'bump', {
          author: {
            email: '49699333+dependabot[bot]@users.noreply.github.com',
          },
        }),
        commit(
          '2',
          'x\n\nCo-authored-by: pre-commit-ci[bot] <66853113+pre-commit-ci[bot]@users.noreply.github.com>',
        ),
      ),
    );
    expect(bot.disclosure).toBe('automation');
    expect(person.disclosure).toBe('no-disclosure');
  });

  it('keeps the latest 300 changes of an import, and says so', () => {
    const commits = Array.from({ length: 302 }, (_, index) => ({
      ...commit('0', `c${index}`),
      id: index.toString(16).padStart(40, '0'),
    }));
    const { events, skipped } = translateGithub(
      githubDelivery('push', sample(...commits)),
    );
    expect(events).toHaveLength(300);
    expect(events[0].subject.id).toBe('2'.padStart(40, '0'));
    expect(skipped[0].what).toContain('2 changes');
  });

  it('skips tags and other branches', () => {
    expect(reasonOf('push', readSample('github/push_1.payload.json'))).toMatch(
      /default branch/,
    );
  });
});
