import { encodeText, textOnce } from './contents';

const BOM = '\uFEFF';

type LineEnd = '\n' | '\r\n';

/** The line end that most lines of a text have; `undefined` for a text of one line. */
function lineEndOf(text: string): LineEnd | undefined {
  let all = 0;
  let crlf = 0;
  for (
    let at = text.indexOf('\n');
    at !== -1;
    at = text.indexOf('\n', at + 1)
  ) {
    all += 1;
    if (at > 0 && text[at - 1] === '\r') {
      crlf += 1;
    }
  }
  if (all === 0) {
    return undefined;
  }
  return crlf * 2 > all ? '\r\n' : '\n';
}

function withLineEnd(text: string, lineEnd: LineEnd): string {
  const unix = text.replace(/\r\n/g, '\n');
  return lineEnd === '\n' ? unix : unix.replace(/\n/g, '\r\n');
}

/**
 * Writes a template's content in the convention of the service's: its line ends, and a byte order mark where it has one.
 * What is not text on both sides, or has that convention already, is given back as it is.
 */
export function inConventionOf(
  content: Uint8Array,
  service: Uint8Array,
): Uint8Array {
  const text = textOnce(content);
  const own = textOnce(service);
  if (text === undefined || own === undefined || content === service) {
    return content;
  }
  const wanted = lineEndOf(own);
  const lineEnd = lineEndOf(text);
  let result = text;
  if (wanted && lineEnd && wanted !== lineEnd) {
    result = withLineEnd(result, wanted);
  }
  // An empty file says nothing about the mark
  if (
    own !== '' &&
    text !== '' &&
    own.startsWith(BOM) !== text.startsWith(BOM)
  ) {
    result = own.startsWith(BOM) ? `${BOM}${result}` : result.slice(1);
  }
  return result === text ? content : encodeText(result);
}

/** A text with `\n` ends and without a byte order mark; a binary content as it is. */
export function inPlainConvention(content: Uint8Array): Uint8Array {
  const text = textOnce(content);
  if (text === undefined || (!text.includes('\r\n') && !text.startsWith(BOM))) {
    return content;
  }
  return encodeText(withLineEnd(text.replace(BOM, ''), '\n'));
}
