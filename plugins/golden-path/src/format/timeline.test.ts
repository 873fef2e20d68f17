import { timelineItems } from '../__fixtures__/timeline';
import {
  linkedItems,
  outcomeWording,
  placeOf,
  timelineFacts,
} from './timeline';

const byId = (id: string) => timelineItems.find(item => item.id === id)!;

describe('linkedItems', () => {
  it('finds the incident of a release and the release of an incident', () => {
    expect(linkedItems(byId('dep-2'), timelineItems)).toEqual([byId('INC-7')]);
    expect(linkedItems(byId('INC-7'), timelineItems)).toEqual([byId('dep-2')]);
  });

  it('takes the word of either side, by the id of the deployment too', () => {
    const release = { ...byId('dep-1'), id: 'row-1' };
    const incident = { ...byId('INC-7'), linked: ['dep-1'] };
    expect(linkedItems(release, [release, incident])).toEqual([incident]);
    expect(linkedItems(incident, [release, incident])).toEqual([release]);
  });
});

describe('timelineFacts', () => {
  it('says that a release was not scanned, which is not 0 findings', () => {
    expect(timelineFacts(byId('dep-3'))).toEqual(['not scanned']);
    expect(timelineFacts(byId('dep-1'))).toEqual([
      '3 changes',
      '1 with disclosed AI assistance, a lower bound',
      '0 new findings',
    ]);
  });
});

describe('outcomeWording', () => {
  it('is never good, and unsure where a failure is only suspected', () => {
    for (const item of timelineItems) {
      expect(outcomeWording(item)?.tone).not.toBe('good');
    }
    expect(outcomeWording({ ...byId('dep-1'), outcome: 'suspected' })).toEqual(
      expect.objectContaining({ label: 'Failure suspected', tone: 'unsure' }),
    );
  });
});

describe('placeOf', () => {
  const window = { from: '2026-11-01T00:00:00Z', to: '2026-11-05T00:00:00Z' };
  it.each([
    ['2026-11-02T00:00:00Z', 25],
    ['2026-10-01T00:00:00Z', 0],
    ['2026-12-01T00:00:00Z', 100],
  ])('of %s is %d', (at, place) => {
    expect(placeOf(at, window)).toBe(place);
  });
});
