import { useLocation } from 'react-router-dom';
import { useHash } from '../hooks/useHash';
import { PageNav, Stack } from '../ui';
import { AdoptionSection } from './AdoptionSection';
import { DesirePathsSection } from './DesirePathsSection';
import { ForecastSection } from './ForecastSection';
import { RolloutSection } from './RolloutSection';
import {
  ADOPTERS_ANCHOR,
  ADOPTION_ANCHOR,
  DESIRE_PATHS_ANCHOR,
  FORECAST_ANCHOR,
  FORECAST_SERVICES_ANCHOR,
  ROLLOUT_SERVICES_ANCHOR,
  ROLLOUTS_ANCHOR,
} from './templateAnchors';
import { useAddress } from './useAddress';
import { useMayManage } from './useMayManage';
import { useTemplateResources } from './useTemplateResources';

const PARTS = [
  { id: ADOPTION_ANCHOR, title: 'Adoption', inner: ADOPTERS_ANCHOR },
  { id: FORECAST_ANCHOR, title: 'Forecast', inner: FORECAST_SERVICES_ANCHOR },
  { id: ROLLOUTS_ANCHOR, title: 'Roll-outs', inner: ROLLOUT_SERVICES_ANCHOR },
  { id: DESIRE_PATHS_ANCHOR, title: 'Desire paths', inner: undefined },
];

/** Which services use a template, how they would take a version, its way to them, and what they changed alike. */
export function EntityTemplateContent() {
  const { templateRef, adoption, forecasts, rollouts, desirePaths } =
    useTemplateResources();
  const mayManage = useMayManage();
  const address = useAddress();
  const { search } = useLocation();
  const target = useHash(
    !adoption.loading &&
      !forecasts.loading &&
      !rollouts.loading &&
      !desirePaths.loading,
  );
  return (
    <Stack gap={3}>
      <PageNav
        label="Parts of this tab"
        items={PARTS.map(({ id, title, inner }) => ({
          title,
          to: `${search}#${id}`,
          current: target !== '' && (target === id || target === inner),
        }))}
      />
      <AdoptionSection adoption={adoption} address={address} />
      <ForecastSection
        templateRef={templateRef}
        forecasts={forecasts}
        mayManage={mayManage}
        address={address}
      />
      <RolloutSection
        templateRef={templateRef}
        rollouts={rollouts}
        adoption={adoption}
        mayManage={mayManage}
        address={address}
      />
      <DesirePathsSection
        templateRef={templateRef}
        desirePaths={desirePaths}
        mayManage={mayManage}
        target={target}
      />
    </Stack>
  );
}
