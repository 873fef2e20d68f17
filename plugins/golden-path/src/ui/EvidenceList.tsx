import type { Evidence } from '@goldenpath/engine';
import { SafeLink } from './SafeLink';
import { Code, Text } from './text';

/** Address of a place in the repository, where there is one. */
export type FileLink = (file: string, line?: number) => string | undefined;

function Value(props: { value: unknown }) {
  const text = JSON.stringify(props.value);
  return text === undefined ? null : (
    <>
      {' '}
      = <Code>{text.length > 300 ? `${text.slice(0, 300)}…` : text}</Code>
    </>
  );
}

/** The values a verdict rests on, with where they stand. */
export function EvidenceList(props: {
  evidence: Evidence[];
  fileLink: FileLink;
}) {
  const { evidence, fileLink } = props;
  if (evidence.length === 0) {
    return <Text subtle>The rule named no evidence.</Text>;
  }
  return (
    <ul aria-label="Evidence" style={{ margin: 0 }}>
      {evidence.map((item, index) => (
        <li key={`${item.fact}-${index}`}>
          <Text inline>
            <Code>{item.fact}</Code>
            <Value value={item.value} />
            {item.file ? (
              <>
                {' '}
                in{' '}
                <SafeLink to={fileLink(item.file, item.line)}>
                  {item.line ? `${item.file}:${item.line}` : item.file}
                </SafeLink>
              </>
            ) : null}
            {item.text ? (
              <>
                : <Code>{item.text}</Code>
              </>
            ) : null}
          </Text>
        </li>
      ))}
    </ul>
  );
}
