import { useState } from 'react';
import { describeFailure, Failure } from '../format/failure';

/** Hands a text to the browser as a file. */
export function saveFile(name: string, type: string, text: string) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Loads a text on demand and hands it to the browser as a file. */
export function useDownload(options: {
  name: string;
  type: string;
  /** What it is, such as `The CSV file`. */
  what: string;
  load: () => Promise<string>;
}) {
  const { name, type, what, load } = options;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const download = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      saveFile(name, type, await load());
    } catch (thrown) {
      setFailure(describeFailure(thrown, what));
    }
    setBusy(false);
  };
  return { download, busy, failure };
}
