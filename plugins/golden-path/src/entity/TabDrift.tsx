import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  DriftResponse,
  UpdatesResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import type { DriftFile, DriftLayer } from '@goldenpath/engine';
import { ReactNode, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { DRIFT_ORDER, driftWording } from '../format/drift';
import type { LiveData } from '../hooks/useLiveData';
import {
  Disclosure,
  DriftFilesTable,
  DriftSummary,
  fileClassText,
  FileLink,
  FilterSelect,
  Heading,
  RelativeTime,
  Row,
  Stack,
  Text,
  UpdateRequests,
} from '../ui';
import { LayerUpdate } from '../update/LayerUpdate';
import { RecoverLock } from '../update/RecoverLock';
import { WaiveFile } from '../update/WaiveFile';
import { DRIFT_ANCHOR } from './anchors';
import { DriftGapNotice } from './CardDrift';
import { LiveNotice } from '../components/LiveNotice';

const CLASSES: DriftFile['class'][] = [
  'managed',
  'merged',
  'seeded',
  'excluded',
];

function isPristine(file: DriftFile) {
  return file.status === 'pristine';
}

function DriftLayerFiles(props: {
  layer: DriftLayer;
  owner: string;
  fileLink: FileLink;
  children: ReactNode;
}) {
  const { layer, owner, fileLink, children } = props;
  const [waiving, setWaiving] = useState<string>();
  const [search, setSearch] = useSearchParams();
  const [fileClass, setFileClass] = useState('');
  const status = search.get('drift') ?? '';
  const files = layer.files
    .filter(file => status === '' || file.status === status)
    .filter(file => fileClass === '' || file.class === fileClass)
    .sort(
      (a, b) =>
        DRIFT_ORDER.indexOf(a.status) - DRIFT_ORDER.indexOf(b.status) ||
        a.path.localeCompare(b.path),
    );
  const folded = (file: DriftFile) => status === '' && isPristine(file);
  const shown = files.filter(file => !folded(file));
  const pristine = files.filter(folded);
  const choose = (value: string) =>
    setSearch(
      before => {
        const after = new URLSearchParams(before);
        if (value) {
          after.set('drift', value);
        } else {
          after.delete('drift');
        }
        return after;
      },
      { replace: true },
    );

  return (
    <Stack gap={1}>
      <Heading level={3}>
        <EntityRefLink entityRef={layer.template.entityRef} />
      </Heading>
      <DriftSummary
        layer={layer}
        hrefOf={value =>
          value
            ? `?drift=${encodeURIComponent(value)}#${DRIFT_ANCHOR}`
            : `?#${DRIFT_ANCHOR}`
        }
      />
      {children}
      <Heading level={3} small>
        Files
      </Heading>
      <Row gap={2}>
        <FilterSelect
          label="Status"
          value={status}
          onChange={choose}
          options={DRIFT_ORDER.map(value => ({
            value,
            label: driftWording(value).label,
          }))}
        />
        <FilterSelect
          label="Owner"
          value={fileClass}
          onChange={setFileClass}
          options={CLASSES.map(value => ({
            value,
            label: fileClassText(value),
          }))}
        />
      </Row>
      {files.length === 0 ? (
        <Text>No file is like this. Choose All to see the others.</Text>
      ) : null}
      {shown.length > 0 ? (
        <DriftFilesTable
          caption="Files of the template"
          files={shown}
          fileLink={fileLink}
          onWaive={file => setWaiving(file.path)}
        />
      ) : null}
      {pristine.length > 0 ? (
        <Disclosure
          summary={
            <Text inline>
              {pristine.length === 1
                ? '1 file is as the template wrote it'
                : `${pristine.length} files are as the template wrote them`}
            </Text>
          }
        >
          <DriftFilesTable
            caption="Pristine files of the template"
            files={pristine}
            fileLink={fileLink}
          />
        </Disclosure>
      ) : null}
      {waiving !== undefined ? (
        <WaiveFile
          path={waiving}
          owner={owner}
          fileLink={fileLink}
          onClose={() => setWaiving(undefined)}
        />
      ) : null}
    </Stack>
  );
}

/** The update requests there have been, with how each stands; nothing where there was none. */
function Updates(props: { updates: LiveData<UpdatesResponse> }) {
  const { updates } = props;
  const items = updates.data?.items ?? [];
  return (
    <>
      {updates.error ? (
        <LiveNotice live={updates} what="The list of update requests" />
      ) : null}
      {items.length > 0 ? (
        <>
          <Heading level={3}>Update requests</Heading>
          <UpdateRequests caption="Update requests" updates={items} />
        </>
      ) : null}
    </>
  );
}

/** Every file of the templates and how it stands, filtered by `?drift=`, and the way to bring the service along. */
export function TabDrift(props: {
  entity: Entity;
  drift: LiveData<DriftResponse>;
  updates: LiveData<UpdatesResponse>;
  fileLink: FileLink;
}) {
  const { entity, drift, updates, fileLink } = props;
  const { data } = drift;
  const entityRef = stringifyEntityRef(entity);
  const owner = entity.spec?.owner;
  return (
    <Stack gap={2}>
      <LiveNotice live={drift} what="The drift report" />
      {data ? <DriftGapNotice response={data} /> : null}
      {data?.report?.status === 'no-lock' ? (
        <RecoverLock entityRef={entityRef} updates={updates} />
      ) : null}
      {data?.report?.status === 'ok' ? (
        <>
          <Text subtle>
            Compared <RelativeTime at={data.report.observedAt} />
            {data.report.commit
              ? ` at commit ${data.report.commit.slice(0, 7)}`
              : ''}
            .
          </Text>
          {data.report.layers.map(layer => (
            <DriftLayerFiles
              key={layer.id}
              layer={layer}
              owner={typeof owner === 'string' ? owner : ''}
              fileLink={fileLink}
            >
              <LayerUpdate
                entityRef={entityRef}
                layer={layer}
                updates={updates}
              />
            </DriftLayerFiles>
          ))}
        </>
      ) : null}
      <Updates updates={updates} />
    </Stack>
  );
}
