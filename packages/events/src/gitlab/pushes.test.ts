import { parseDeliveryEvent } from '@goldenpath/engine';
import { delivery } from '../__testUtils__/deliveries';
import { project } from '../__testUtils__/gitlabEvents';
import { translateGitlab } from './translateGitlab';

describe('push', () => {
  const commit = (id: string, message: string) => ({
    id: id.repeat(40),
    message,
    timestamp: '2026-01-04T08:00:00+02:00',
    author: { email: 'jane@example.com' },
    added: [`${id}.ts`],
    modified: [],
    removed: [],
  });

  it('puts the commits of a merge request together', () => {
    const { events, skipped } = translateGitlab(
      delivery({
        object_kind: 'push',
        ref: 'refs/heads/main',
        total_commits_count: 5,
        commits: [
          commit('1', 'one'),
          commit(
            '2',
            "Merge branch 'codex/x' into 'main'\n\nTopic\n\nSee merge request acme/checkout!12",
          ),
          commit('3', 'direct'),
        ],
        project,
      }),
    );
    expect(events.map(parseDeliveryEvent)).toMatchObject([
      {
        subjectId: 'acme/checkout!12',
        sha: '2'.repeat(40),
        startedAt: new Date('2026-01-04T06:00:00Z'),
        paths: ['1.ts', '2.ts'],
        disclosure: 'ai-assisted',
      },
      { subjectId: '3'.repeat(40), disclosure: 'no-disclosure' },
    ]);
    expect(skipped).toMatchObject([{ what: '2 earlier commits of the push' }]);
    expect(JSON.stringify(events)).not.toContain('jane@');
  });
});
