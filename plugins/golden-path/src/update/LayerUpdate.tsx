import type {
  PlanResponse,
  UpdatesResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import type { DriftLayer } from '@goldenpath/engine';
import { updateOffer } from '../format/drift';
import { isPending } from '../format/updateRequest';
import type { LiveData } from '../hooks/useLiveData';
import {
  ActionButton,
  FailureNotice,
  Loading,
  Notice,
  Row,
  Stack,
  Text,
  UpdateStatus,
} from '../ui';
import { UpdatePreview } from './UpdatePreview';
import { usePlan } from './usePlan';

function whyNoPlan(response: PlanResponse, layer: string): string {
  if (Object.hasOwn(response.problems, layer)) {
    return response.problems[layer];
  }
  switch (response.status) {
    case 'no-lock':
      return 'The repository has no lock file any more.';
    case 'invalid-lock':
      return 'The lock file cannot be read.';
    default:
      return (
        response.reason ?? 'The repository or the template could not be read.'
      );
  }
}

/** The way from a layer's drift to an update request: preview, decisions, request. */
export function LayerUpdate(props: {
  entityRef: string;
  layer: DriftLayer;
  updates: LiveData<UpdatesResponse>;
}) {
  const { entityRef, layer, updates } = props;
  const { response, failure, loading, load } = usePlan({
    entityRef,
    layer: layer.id,
  });
  const offer = updateOffer(layer);
  const pending = updates.data?.items.find(
    update => update.layer === layer.id && isPending(update),
  );
  const planIn = (answer: PlanResponse | undefined) =>
    answer?.plans.find(({ layer: id }) => id === layer.id);
  const plan = planIn(response);
  return (
    <Stack gap={1}>
      {pending && !plan ? <UpdateStatus update={pending} /> : null}
      {offer ? (
        <Row>
          <ActionButton onClick={load} disabled={loading} primary={!response}>
            {response ? 'Preview again' : offer}
          </ActionButton>
        </Row>
      ) : null}
      {loading ? (
        <Loading>
          Both versions of the template are compared with the service. This can
          take some seconds.
        </Loading>
      ) : null}
      {failure ? <FailureNotice failure={failure} onRetry={load} /> : null}
      {response && plan ? (
        <UpdatePreview
          entityRef={entityRef}
          plan={plan}
          response={response}
          updates={updates}
          reload={async () => planIn(await load())}
        />
      ) : null}
      {response && !plan ? (
        <Notice tone="unsure" title="What an update would do is not known.">
          <Text subtle>{whyNoPlan(response, layer.id)}</Text>
          <Text>
            Put that right and preview again. If it stays, give the message
            above to the owners of the template.
          </Text>
        </Notice>
      ) : null}
    </Stack>
  );
}
