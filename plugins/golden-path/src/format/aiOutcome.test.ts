import { fullHealth } from '../__fixtures__/healthPictures';
import {
  armText,
  comparisonNotes,
  differenceText,
  verdictOf,
} from './aiOutcome';

const [fail, recovery] = fullHealth.aiOutcomes!.comparisons;

describe('outcomes with AI', () => {
  it('gives the difference in points with its interval', () => {
    expect(differenceText(fail)).toBe('+0.7 points (−13 to +25)');
    expect(armText(fail.exposed)).toBe('1 of 14 (7.1%)');
    expect(verdictOf(fail).label).toBe('No difference shown');
  });

  it('says nothing below 10 on a side, whatever was worked out', () => {
    const small = { ...fail, exposed: { events: 9, n: 9 }, verdict: 'worse' };
    const comparison = small as typeof fail;
    expect(differenceText(comparison)).toBeUndefined();
    expect(verdictOf(comparison)).toMatchObject({
      label: 'Too few to say',
      tone: 'unsure',
    });
    expect(armText(comparison.exposed)).toBe('9 of 9');
    expect(comparisonNotes(comparison).join(' ')).not.toMatch(/Fisher|Among/);
  });

  it('says how many more are needed', () => {
    expect(comparisonNotes(recovery)).toContain(
      '9 more deployments on each side would be needed to see a doubling.',
    );
  });
});
