import { useEffect, useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { TextInput } from './TextInput';

const PAUSE_MS = 300;

/** Part of a name to look for; passed on when the writer pauses. */
export function SearchInput(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { label, value, onChange } = props;
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useDebounce(
    () => {
      if (text.trim() !== value) {
        onChange(text.trim());
      }
    },
    PAUSE_MS,
    [text],
  );
  return (
    <TextInput kind="search" label={label} value={text} onChange={setText} />
  );
}
