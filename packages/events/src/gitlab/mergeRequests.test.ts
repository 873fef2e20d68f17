import {
  eventsOf,
  project,
  reasonOf,
  SHA,
} from '../__testUtils__/gitlabEvents';

describe('merge request', () => {
  const sample = (attributes: object = {}, labels: string[] = []) => ({
    object_kind: 'merge_request',
    object_attributes: {
      iid: 12,
      action: 'merge',
      title: 'Topic',
      description: null,
      source_branch: 'topic',
      target_branch: 'main',
      merge_commit_sha: 'b'.repeat(40),
      last_commit: { id: SHA, message: 'Last', author: {} },
      created_at: '2026-01-05 10:00:00 UTC',
      updated_at: '2026-01-05 12:00:00 +0100',
      url: 'https://gitlab.example.com/acme/checkout/-/merge_requests/12',
      ...attributes,
    },
    labels: labels.map(title => ({ title })),
    project,
  });

  it('merged is the commit of the merge', () => {
    expect(eventsOf(sample({}, ['hotfix']))).toMatchObject([
      {
        kind: 'change-merged',
        subjectId: 'acme/checkout!12',
        sha: 'b'.repeat(40),
        at: new Date('2026-01-05T11:00:00Z'),
        disclosure: 'no-disclosure',
        raw: { customData: { goldenPath: { kind: 'hotfix' } } },
      },
    ]);
  });

  it('opened is a change created', () => {
    expect(eventsOf(sample({ action: 'open' }))).toMatchObject([
      { kind: 'change-created', sha: SHA },
    ]);
  });

  it('reads the trailers of its last commit', () => {
    const last_commit = { id: SHA, message: 'x\n\nAssisted-by: Cursor' };
    expect(eventsOf(sample({ last_commit }))[0].disclosure).toBe('ai-assisted');
  });

  it.each([
    [{ action: 'update' }, /opening and the merge/],
    [{ target_branch: 'next' }, /default branch 'main'/],
  ])('with %j is nothing', (change, reason) => {
    expect(reasonOf(sample(change))).toMatch(reason);
  });
});
