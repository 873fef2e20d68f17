import FormControl from '@material-ui/core/FormControl';
import InputLabel from '@material-ui/core/InputLabel';
import NativeSelect from '@material-ui/core/NativeSelect';
import { useId } from 'react';

/** One choice of a few, or all of them (`''`), unless `all` says that one has to be chosen. */
export function FilterSelect(props: {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
  all?: boolean;
  allLabel?: string;
}) {
  const { label, value, options, onChange } = props;
  const { all = true, allLabel = 'All' } = props;
  const id = useId();
  return (
    <FormControl size="small" style={{ minWidth: 120, maxWidth: 260 }}>
      <InputLabel htmlFor={id} shrink>
        {label}
      </InputLabel>
      <NativeSelect
        id={id}
        value={value}
        onChange={event => onChange(event.target.value)}
        inputProps={{ id }}
      >
        {all ? <option value="">{allLabel}</option> : null}
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </NativeSelect>
    </FormControl>
  );
}
