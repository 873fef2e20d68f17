import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useTheme } from '@material-ui/core/styles';
import useLocalStorage from 'react-use/esm/useLocalStorage';
import { RadioChoice } from './RadioChoice';

/** Both sides below each other, or beside each other. */
export type DiffViewType = 'unified' | 'split';

const STORAGE_KEY = 'golden-path.diff-view';

/** The view that was chosen last in this browser, and a way to choose. */
export function useDiffViewType(): [
  DiffViewType,
  (view: DiffViewType) => void,
] {
  const [stored, store] = useLocalStorage<string>(STORAGE_KEY);
  return [stored === 'split' ? 'split' : 'unified', store];
}

/** Chooses how changes are drawn; nothing where it is too narrow for two sides. */
export function DiffViewSwitch(props: {
  view: DiffViewType;
  onChange: (view: DiffViewType) => void;
}) {
  const theme = useTheme();
  const narrow = useMediaQuery(theme.breakpoints.down('sm'));
  return narrow ? null : (
    <RadioChoice
      label="Show changes"
      value={props.view}
      onChange={props.onChange}
      options={[
        { value: 'unified', label: 'Unified' },
        { value: 'split', label: 'Split' },
      ]}
    />
  );
}
