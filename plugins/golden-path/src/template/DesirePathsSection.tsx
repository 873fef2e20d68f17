import type { DesirePathsResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { LiveNotice } from '../components/LiveNotice';
import type { LiveData } from '../hooks/useLiveData';
import { DesirePathTable, LoadMore, Section, Stack, Text } from '../ui';
import { DesirePathDetails } from './DesirePathDetails';
import { DESIRE_PATHS_ANCHOR, desirePathAnchor } from './templateAnchors';
import { useShown } from './useShown';

/** Edits that services of the template made alike, each to be proposed to the template. */
export function DesirePathsSection(props: {
  templateRef: string;
  desirePaths: LiveData<DesirePathsResponse>;
  mayManage: boolean | undefined;
  /** Id that the address points at. */
  target: string;
}) {
  const { templateRef, desirePaths, mayManage, target } = props;
  const { data } = desirePaths;
  const pointedAt = data?.items.find(
    ({ id }) => desirePathAnchor(id) === target,
  );
  // One that is pointed at is never behind "Load more"
  const ordered = pointedAt
    ? [pointedAt, ...(data?.items ?? []).filter(item => item !== pointedAt)]
    : data?.items ?? [];
  const page = useShown(ordered);
  return (
    <Section id={DESIRE_PATHS_ANCHOR} title="Desire paths">
      <Stack gap={2}>
        <Text>
          Edits that {data ? `${data.threshold} or more` : 'several'} services
          of this template made alike: what the template should perhaps say
          itself.
        </Text>
        <LiveNotice live={desirePaths} what="The edits made alike" />
        {data?.items.length === 0 ? (
          <Text>
            No edit was made alike by {data.threshold} or more services.
          </Text>
        ) : null}
        {data && data.items.length > 0 ? (
          <>
            <DesirePathTable
              desirePaths={page.items}
              anchorOf={desirePathAnchor}
              openAnchor={pointedAt && desirePathAnchor(pointedAt.id)}
              details={desirePath => (
                <DesirePathDetails
                  templateRef={templateRef}
                  desirePath={desirePath}
                  noun={data.noun}
                  refusal={data.refusal}
                  mayManage={mayManage}
                  onProposed={desirePaths.reload}
                />
              )}
            />
            <LoadMore {...page.more} what="edits" />
          </>
        ) : null}
      </Stack>
    </Section>
  );
}
