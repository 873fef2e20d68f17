import TextField from '@material-ui/core/TextField';
import { useId } from 'react';

/** A line, several lines or a day to write; `problem` says what is wrong with it, `help` what belongs in it. */
export function TextInput(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  kind?: 'text' | 'search' | 'date' | 'number';
  /** How many lines it shows; one by default. */
  lines?: number;
  /** For text whose columns matter. */
  code?: boolean;
  required?: boolean;
  /** Earliest day of a date, `2026-11-21`, or the least of a number. */
  min?: string;
  help?: string;
  problem?: string;
}) {
  const { label, value, onChange, kind = 'text', lines, required } = props;
  const { code, min, help, problem } = props;
  const id = useId();
  return (
    <TextField
      id={id}
      label={label}
      value={value}
      onChange={event => onChange(event.target.value)}
      type={kind}
      size="small"
      fullWidth={lines !== undefined}
      multiline={lines !== undefined}
      minRows={lines}
      maxRows={lines === undefined ? undefined : 30}
      required={required}
      error={problem !== undefined}
      helperText={problem ?? help}
      InputLabelProps={{ shrink: true, required: false }}
      inputProps={{
        min,
        spellCheck: !code,
        style: code ? { fontFamily: 'monospace', fontSize: 13 } : undefined,
        'aria-required': required || undefined,
      }}
      style={lines === undefined ? { minWidth: 180 } : undefined}
    />
  );
}
