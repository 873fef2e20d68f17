import { adoptionResponse } from '../../__fixtures__/adoption';
import { goldenPathApiMock } from '../../__fixtures__/apis';
import { desirePathsResponse } from '../../__fixtures__/desirePaths';

/** Answers of the backend that fill one part of the tab and leave the others empty, so that they are quick to draw. */
export function templateApi(
  part: 'adoption' | 'forecast' | 'rollouts' | 'desire-paths',
) {
  const api = goldenPathApiMock();
  // Roll-outs are of the services that adoption names
  if (part !== 'adoption' && part !== 'rollouts') {
    api.getAdoption.mockResolvedValue(
      adoptionResponse({ items: [], versions: [] }),
    );
  }
  if (part !== 'forecast') {
    api.getForecasts.mockResolvedValue({ items: [] });
  }
  if (part !== 'rollouts') {
    api.getRollouts.mockResolvedValue({ items: [] });
  }
  if (part !== 'desire-paths') {
    api.getDesirePaths.mockResolvedValue(desirePathsResponse({ items: [] }));
  }
  return api;
}
