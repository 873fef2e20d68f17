const CUT = '…';
const FENCE = /^ {0,3}(`{3,20}|~{3,20})/;
const LONGEST_FENCE = '\n'.length + 20;

/** A title on one line, of at most `most` characters; a longer one ends in an ellipsis. @public */
export function fitTitle(title: string, most: number): string {
  const line = title.replace(/\s+/g, ' ').trim();
  return line.length <= most ? line : `${cut(line, most - CUT.length)}${CUT}`;
}

/**
 * A Markdown text of at most `most` characters. A longer one is cut after a whole line, outside of a code block, and says
 * that it was.
 * @public
 */
export function fitBody(body: string, most: number): string {
  if (body.length <= most) {
    return body;
  }
  const note = `\n\n${CUT} The rest is left out: the host takes at most ${most} characters.`;
  const room = cut(body, most - note.length - LONGEST_FENCE);
  const whole = room.slice(0, Math.max(room.lastIndexOf('\n'), 0)) || room;
  const fence = openFenceOf(whole);
  return `${whole}${fence ? `\n${fence}` : ''}${note}`;
}

function cut(text: string, most: number): string {
  const part = text.slice(0, most);
  // Half of a surrogate pair is no character
  return /[\uD800-\uDBFF]$/.test(part) ? part.slice(0, -1) : part;
}

function openFenceOf(text: string): string | undefined {
  let open: string | undefined;
  for (const line of text.split('\n')) {
    const fence = FENCE.exec(line)?.[1];
    if (fence && !open) {
      open = fence;
    } else if (fence && open && fence.startsWith(open)) {
      open = undefined;
    }
  }
  return open;
}
