import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useTheme } from '@material-ui/core/styles';
import { useId, useMemo, useState } from 'react';
import { Decoration, Diff, GutterOptions, Hunk } from 'react-diff-view';
import { countText } from '../format/count';
import { ActionButton } from './ActionButton';
import { CodeView } from './CodeView';
import { useDiffStyles } from './DiffViewStyles';
import { DiffViewSwitch, useDiffViewType } from './DiffViewSwitch';
import type { DiffViewType } from './DiffViewSwitch';
import { Row, Stack } from './layout';
import { firstLines, markWords, parsePatch, ParsedPatch } from './parsePatch';
import { Text, VisuallyHidden } from './text';

const FIRST_LINES = 200;
const MORE_LINES = 2_000;

const SIGNS = {
  insert: { sign: '+', word: 'added' },
  delete: { sign: '−', word: 'removed' },
  normal: undefined,
};

/** A line's number, and in its last cell whether it was added or removed: in a sign and, for screen readers, a word. */
function gutterRenderer(view: DiffViewType) {
  return function renderGutter(options: GutterOptions) {
    const { change, side, renderDefault } = options;
    const mark = SIGNS[change.type];
    const marked = mark && (view === 'split' || side === 'new');
    return (
      <>
        {renderDefault()}
        {marked ? (
          <>
            <span aria-hidden>{` ${mark.sign}`}</span>
            <VisuallyHidden>{` ${mark.word}`}</VisuallyHidden>
          </>
        ) : null}
      </>
    );
  };
}

/** The heads of the columns, for screen readers; the colours and signs say the same to the eye. */
function DiffHead(props: { heads: string[] }) {
  return (
    <thead>
      <tr>
        {props.heads.map(head => (
          <th key={head} scope="col">
            <VisuallyHidden>{head}</VisuallyHidden>
          </th>
        ))}
      </tr>
    </thead>
  );
}

const HEADS = {
  unified: ['Line before', 'Line after', 'Text'],
  split: ['Line before', 'Text before', 'Line after', 'Text after'],
  oneSided: ['Line', 'Text'],
};

function headsOf(view: DiffViewType, parsed: ParsedPatch) {
  return view === 'split' && parsed.type !== 'modify'
    ? HEADS.oneSided
    : HEADS[view];
}

function newlineText({ newlineMissing }: ParsedPatch): string | undefined {
  if (newlineMissing.old === newlineMissing.new) {
    return undefined;
  }
  return newlineMissing.new
    ? 'The last line ends without a newline afterwards.'
    : 'The last line ended without a newline before.';
}

function DiffTable(props: {
  parsed: ParsedPatch;
  path: string;
  view: DiffViewType;
}) {
  const { parsed, path, view } = props;
  const classes = useDiffStyles();
  const summaryId = useId();
  const [limit, setLimit] = useState(FIRST_LINES);
  const hunks = useMemo(() => firstLines(parsed.hunks, limit), [parsed, limit]);
  const tokens = useMemo(() => markWords(hunks), [hunks]);
  const lines = parsed.hunks.flatMap(hunk => hunk.changes).length;
  const hiddenHunks = parsed.hunks.length - hunks.length;
  const more =
    hiddenHunks > 0
      ? `Show ${countText(hiddenHunks, 'more hunk')}`
      : `Show ${countText(lines - limit, 'more line')}`;
  const newline = newlineText(parsed);

  return (
    <Stack gap={0.5}>
      <Text subtle variant="small" id={summaryId}>
        {`${countText(parsed.added, 'line')} added, ${countText(
          parsed.removed,
          'line',
        )} removed`}
      </Text>
      <div
        className={classes.frame}
        role="region"
        aria-label={`Changes of ${path}`}
        aria-describedby={summaryId}
        // A scrolling area must be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <Diff
          key={view}
          viewType={view}
          diffType={parsed.type}
          hunks={hunks}
          tokens={tokens}
          renderGutter={gutterRenderer(view)}
        >
          {shown => [
            <DiffHead key="head" heads={headsOf(view, parsed)} />,
            ...shown.flatMap((hunk, index) => [
              <Decoration key={`place-${index}`}>
                <span>{hunk.content}</span>
              </Decoration>,
              <Hunk key={`hunk-${index}`} hunk={hunk} />,
            ]),
          ]}
        </Diff>
      </div>
      {parsed.notes.map((note, index) => (
        <Text key={index} subtle variant="small">
          {note}
        </Text>
      ))}
      {newline ? (
        <Text subtle variant="small">
          {newline}
        </Text>
      ) : null}
      {lines > limit ? (
        <Row>
          <ActionButton
            label={`${more} of ${path}`}
            onClick={() => setLimit(before => before + MORE_LINES)}
          >
            {more}
          </ActionButton>
        </Row>
      ) : null}
      {parsed.leftOut > 0 && lines <= limit ? (
        <Text>
          {`${countText(
            parsed.leftOut,
            'more line',
          )} are too many to show here; look at the files themselves.`}
        </Text>
      ) : null}
    </Stack>
  );
}

/**
 * The changes of one file, from a unified diff with or without header. Whatever the file holds is drawn as text only, and
 * characters that cannot be seen as their code points.
 *
 * @param props - `view` is for callers that draw several with one {@link DiffViewSwitch}; without it there is one here,
 * and what is chosen is remembered. Where it is narrow the view is unified.
 */
export function DiffView(props: {
  patch: string;
  path: string;
  view?: DiffViewType;
}) {
  const { patch, path, view } = props;
  const [chosen, choose] = useDiffViewType();
  const theme = useTheme();
  const narrow = useMediaQuery(theme.breakpoints.down('sm'));
  const parsed = useMemo(() => parsePatch(patch), [patch]);

  if (patch.trim() === '') {
    return <Text>No line differs.</Text>;
  }
  if (!parsed) {
    return <CodeView label={`Changes of ${path}`} text={patch} />;
  }
  return (
    <Stack gap={0.5}>
      {view === undefined ? (
        <DiffViewSwitch view={chosen} onChange={choose} />
      ) : null}
      <DiffTable
        parsed={parsed}
        path={path}
        view={narrow ? 'unified' : view ?? chosen}
      />
    </Stack>
  );
}
