import { readSample } from '../__testUtils__/deliveries';
import { onlyEventOf } from '../__testUtils__/githubEvents';

describe('alerts', () => {
  it('are tickets, which no metric counts', () => {
    expect(
      onlyEventOf(
        'dependabot_alert',
        readSample('github/dependabot_alert_created.payload.json'),
      ),
    ).toMatchObject({
      kind: 'other',
      type: 'dev.cdevents.ticket.created.0.2.0',
    });
    expect(
      onlyEventOf(
        'code_scanning_alert',
        readSample('github/code_scanning_alert_closed-by-user.payload.json'),
      ),
    ).toMatchObject({ type: 'dev.cdevents.ticket.closed.0.2.0' });
  });
});
