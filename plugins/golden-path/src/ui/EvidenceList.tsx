import type { Evidence } from '@goldenpath/engine';
import { Disclosure } from './Disclosure';
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

function Place(props: { item: Evidence; fileLink: FileLink }) {
  const { file, line } = props.item;
  return file ? (
    <SafeLink to={props.fileLink(file, line)}>
      {line ? `${file}:${line}` : file}
    </SafeLink>
  ) : null;
}

/** The values a verdict rests on, with where they stand; what stands in a file opens into what was read there. */
export function EvidenceList(props: {
  evidence: Evidence[];
  fileLink: FileLink;
}) {
  const { evidence, fileLink } = props;
  if (evidence.length === 0) {
    return <Text subtle>The rule named no evidence.</Text>;
  }
  return (
    <ul aria-label="Evidence" style={{ margin: 0, paddingInlineStart: 16 }}>
      {evidence.map((item, index) => (
        <li key={`${item.fact}-${index}`}>
          {item.file && item.text ? (
            <>
              <Text inline>
                <Place item={item} fileLink={fileLink} />:{' '}
                <Code>{item.text}</Code>
              </Text>
              <Disclosure
                summary={
                  <Text inline subtle variant="small">
                    What was read there
                  </Text>
                }
              >
                <Text>
                  <Code>{item.fact}</Code>
                  <Value value={item.value} />
                </Text>
              </Disclosure>
            </>
          ) : (
            <Text inline>
              <Code>{item.fact}</Code>
              <Value value={item.value} />
              {item.file ? (
                <>
                  {' '}
                  in <Place item={item} fileLink={fileLink} />
                </>
              ) : null}
              {item.text ? (
                <>
                  : <Code>{item.text}</Code>
                </>
              ) : null}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
