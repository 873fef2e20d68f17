import { draftTitle } from './draftTitle';
import { fitBody, fitTitle } from './fitText';

describe('a title', () => {
  it('is one line of the length that fits', () => {
    expect(fitTitle(' Update\n node ', 20)).toBe('Update node');
    expect(fitTitle('Update node', 11)).toBe('Update node');
    expect(fitTitle('Update node', 10)).toBe('Update no…');
  });

  it('is not cut within a character', () => {
    expect(fitTitle('abc😀def', 5)).toBe('abc…');
  });
});

describe('a body', () => {
  it('that fits stays as it is', () => {
    expect(fitBody('a\r\nb', 4)).toBe('a\r\nb');
  });

  it('is cut after a line, and says so', () => {
    const body = fitBody('one two three\n'.repeat(20), 200);
    expect(body.length).toBeLessThanOrEqual(200);
    expect(body).toMatch(
      /^(one two three\n)+one two three\n\n… The rest is left out: .* 200 characters\.$/,
    );
  });

  it.each(['```', '~~~~'])('closes the code block %s it was cut in', fence => {
    const body = fitBody(`${fence}ts\n${'code\n'.repeat(100)}`, 200);
    expect(body).toContain(`code\n${fence}\n\n…`);
    expect(body.length).toBeLessThanOrEqual(200);
    const closed = fitBody(
      `${fence}\ncode\n${fence}\n${'text\n'.repeat(100)}`,
      200,
    );
    expect(closed).toContain('text\n\n…');
  });

  it('of one line is cut in it', () => {
    const body = fitBody('x'.repeat(500), 200);
    expect(body).toMatch(/^x+\n\n…/);
    expect(body.length).toBeLessThanOrEqual(200);
  });
});

describe('the title of a draft', () => {
  const draft = { mark: 'WIP: ', known: /^(?:wip:|\[wip\])\s*/i, most: 12 };

  it('is marked once', () => {
    expect(draftTitle('Node', true, draft)).toBe('WIP: Node');
    expect(draftTitle('wip: [WIP] Node', true, draft)).toBe('WIP: Node');
    expect(draftTitle('WIP: Node', false, draft)).toBe('Node');
  });

  it('fits with its mark', () => {
    expect(draftTitle('Update node', true, draft)).toBe('WIP: Update…');
    expect(draftTitle('Update node', false, draft)).toBe('Update node');
  });
});
