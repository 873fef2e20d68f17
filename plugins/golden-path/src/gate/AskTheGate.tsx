import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { shellWord } from '../format/shellWord';
import { CopyLine, Notice, Text } from '../ui';

/** In place of decisions: how to ask for the first one. */
export function AskTheGate(props: { entityRef: string }) {
  const backend =
    useApi(configApiRef).getOptionalString('backend.baseUrl') ??
    'https://backstage.example.com';
  const command = [
    ...['golden-path', 'gate', '--entity', shellWord(props.entityRef)],
    ...['--url', shellWord(backend), '--sha', '"$(git rev-parse HEAD)"'],
  ].join(' ');
  return (
    <Notice
      tone="neutral"
      title="The gate was not asked about this entity yet."
    >
      <Text>
        Let the pipeline ask before it deploys. The command ends with 0 when the
        deployment may go ahead, with 1 when it is stopped and with 2 when that
        cannot be told. The token of the pipeline comes from the variable
        GOLDEN_PATH_TOKEN.
      </Text>
      <CopyLine text={command} label="the command" />
    </Notice>
  );
}
