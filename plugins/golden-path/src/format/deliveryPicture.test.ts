import {
  fewHealth,
  fullHealth,
  silentHealth,
  staleHealth,
  undeployedHealth,
} from '../__fixtures__/healthPictures';
import { deliveryPicture, shownMetric } from './deliveryPicture';
import { DORA_METRICS } from './metric';

describe('deliveryPicture', () => {
  it.each([
    ['known', fullHealth],
    ['few', fewHealth],
    ['no-deployments', undeployedHealth],
    ['silent', silentHealth],
    ['stale', staleHealth],
  ])('is %s', (picture, health) => {
    expect(deliveryPicture(health.metrics)).toBe(picture);
  });
});

describe('shownMetric', () => {
  it('has no band unless enough is known', () => {
    for (const health of [
      fewHealth,
      undeployedHealth,
      silentHealth,
      staleHealth,
    ]) {
      for (const name of DORA_METRICS) {
        expect(shownMetric(name, health.metrics).band).toBeUndefined();
      }
    }
    expect(shownMetric('changeLeadTime', fullHealth.metrics).band).toBe(
      'elite',
    );
  });

  it('takes the frequency of a few deployments for no judgement', () => {
    expect(shownMetric('deploymentFrequency', fewHealth.metrics)).toMatchObject(
      { status: 'insufficient', value: 2 / 28, n: 2 },
    );
  });
});
