import { readSample } from '../__testUtils__/deliveries';
import { onlyEventOf, reasonOf } from '../__testUtils__/githubEvents';

const SHA = 'a'.repeat(40);

describe('issues', () => {
  const sample = (action: string, labels: string[]) => {
    const body = readSample('github/issues_opened.payload.json');
    body.action = action;
    body.issue.labels = labels.map(name => ({ name }));
    return body;
  };

  it('with the label incident is detected and resolved as one', () => {
    const opened = sample('opened', ['incident']);
    opened.issue.body = `Broken.\nRoot cause: ${SHA}`;
    const closed = sample('closed', ['incident']);
    closed.issue.closed_at = '2019-05-15T16:20:18Z';
    const begin = onlyEventOf('issues', opened);
    expect(begin).toMatchObject({
      kind: 'incident-opened',
      via: 'detected',
      at: new Date('2019-05-15T15:20:18Z'),
      environment: 'production',
      causedBy: { sha: SHA },
      ticketUri: 'https://github.com/Codertocat/Hello-World/issues/1',
    });
    expect(onlyEventOf('issues', closed)).toMatchObject({
      kind: 'incident-resolved',
      subjectId: begin.subjectId,
      at: new Date('2019-05-15T16:20:18Z'),
    });
  });

  it('labelled later is the same beginning, and other labels are nothing', () => {
    const labeled = sample('labeled', ['incident', 'bug']);
    labeled.label = { name: 'incident' };
    expect(onlyEventOf('issues', labeled).id).toBe(
      onlyEventOf('issues', sample('opened', ['incident'])).id,
    );
    labeled.label = { name: 'bug' };
    expect(reasonOf('issues', labeled)).toMatch(/another label/);
  });

  it('edited reports a cause once, and does not begin it anew', () => {
    const edited = sample('edited', ['incident']);
    expect(reasonOf('issues', edited)).toMatch(/no root cause/);
    edited.issue.body = `root cause: ${SHA}`;
    expect(onlyEventOf('issues', edited)).toMatchObject({
      via: 'reported',
      causedBy: { sha: SHA },
    });
  });

  it('names environment and other causes by labels', () => {
    expect(
      onlyEventOf(
        'issues',
        sample('opened', [
          'incident',
          'environment: staging',
          'not change related',
        ]),
      ),
    ).toMatchObject({ environment: 'staging', changeRelated: false });
  });

  it('without it is nothing', () => {
    expect(reasonOf('issues', sample('opened', ['bug']))).toMatch(/no label/);
  });
});
