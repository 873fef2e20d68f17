import { readSample } from '../__testUtils__/deliveries';
import { onlyEventOf, reasonOf } from '../__testUtils__/githubEvents';

const SHA = 'a'.repeat(40);

describe('pull_request', () => {
  const merged = () => {
    const body = readSample('github/pull_request_closed.payload.json');
    body.pull_request.merged = true;
    body.pull_request.merged_at = '2019-05-15T15:21:18Z';
    return body;
  };

  it('opened is a change created', () => {
    expect(
      onlyEventOf(
        'pull_request',
        readSample('github/pull_request_opened.payload.json'),
      ),
    ).toMatchObject({
      kind: 'change-created',
      subjectId: 'Codertocat/Hello-World#2',
      disclosure: 'no-disclosure',
    });
  });

  it('merged is the commit of the merge with its size, reverts and hotfix label', () => {
    const body = merged();
    body.pull_request.body = `This reverts commit ${SHA}.`;
    body.pull_request.additions = 12;
    body.pull_request.deletions = 3;
    body.pull_request.labels = [{ name: 'Hotfix' }];
    const event = onlyEventOf('pull_request', body);
    expect(event).toMatchObject({
      kind: 'change-merged',
      sha: 'c4295bd74fb0f4fda03689c3df3f2803b658fd85',
      at: new Date('2019-05-15T15:21:18Z'),
      linesChanged: 15,
      reverts: [SHA],
    });
    expect(event.raw).toMatchObject({
      customData: { goldenPath: { kind: 'hotfix' } },
    });
  });

  it.each([
    [{ user: { id: 198982749, login: 'renamed-bot' } }, 'ai-assisted'],
    [{ user: { id: 49699333, login: 'renamed-too' } }, 'automation'],
    [{ head: { ref: 'codex/basket', sha: SHA } }, 'ai-assisted'],
    [{ body: 'Why.\n\nAssisted-by: Claude:claude-opus' }, 'ai-assisted'],
    [{ body: 'Why.\n\nAssisted-by: Jane Doe' }, 'no-disclosure'],
  ])('reads what %j discloses', (change, disclosure) => {
    const body = merged();
    Object.assign(body.pull_request, change);
    expect(onlyEventOf('pull_request', body)).toMatchObject({ disclosure });
  });

  it('closed without a merge is nothing', () => {
    expect(
      reasonOf(
        'pull_request',
        readSample('github/pull_request_closed.payload.json'),
      ),
    ).toMatch(/without a merge/);
  });

  it('merged into another branch is nothing', () => {
    const body = merged();
    body.pull_request.base.ref = 'release-1';
    expect(reasonOf('pull_request', body)).toMatch(/default branch 'master'/);
  });
});
