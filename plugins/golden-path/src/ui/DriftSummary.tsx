import type { DriftLayer } from '@goldenpath/engine';
import {
  behindText,
  DRIFT_ORDER,
  driftCountWording,
  driftedText,
  driftMigratedText,
  templateVersionText,
  unmergedText,
} from '../format/drift';
import { Row, Stack } from './layout';
import { SafeLink } from './SafeLink';
import { StatusChip } from './StatusChip';
import { Code, Text } from './text';

/** How far a service stands from its template: counts, the files that are missing by name, the template's version. */
export function DriftSummary(props: {
  layer: DriftLayer;
  hrefOf: (status?: string) => string;
}) {
  const { layer, hrefOf } = props;
  const version = templateVersionText(layer);
  const behind = behindText(layer);
  const migrated = driftMigratedText(layer);
  const unmerged = unmergedText(layer);
  const missing = layer.files.filter(file => file.status === 'missing');
  return (
    <Stack gap={1}>
      <Row>
        <SafeLink to={hrefOf()}>{driftedText(layer)}</SafeLink>
        <StatusChip
          tone={version.tone}
          label={version.label}
          meaning={version.meaning}
        />
      </Row>
      {behind ? <Text>{behind}</Text> : null}
      {migrated ? <Text>{migrated}</Text> : null}
      {unmerged ? <Text subtle>{unmerged}</Text> : null}
      <Row>
        {DRIFT_ORDER.filter(status => (layer.counts[status] ?? 0) > 0).map(
          status => {
            const { label, tone, meaning } = driftCountWording(layer, status);
            return (
              <StatusChip
                key={status}
                tone={tone}
                label={label}
                meaning={meaning}
                to={hrefOf(status)}
              />
            );
          },
        )}
      </Row>
      {missing.map(file => (
        <Text key={file.path}>
          Missing: <Code>{file.path}</Code>
        </Text>
      ))}
    </Stack>
  );
}
