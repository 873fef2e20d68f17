import { renderInTestApp } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DiffView } from './DiffView';

const PATCH = `@@ -1,3 +1,3 @@
 name: ci
-image: node:22
+image: node:24
 on: push
`;

const HEADER = `diff --git a/my file.yml b/my file.yml
--- a/my file.yml
+++ b/my file.yml
`;

function hunks(count: number, lines = 1) {
  return Array.from({ length: count }, (_, hunk) => {
    const start = hunk * 1000 + 1;
    return `@@ -${start},0 +${start},${lines} @@\n${Array.from(
      { length: lines },
      (__, line) => `+line ${hunk}.${line}`,
    ).join('\n')}`;
  }).join('\n');
}

function rowTexts() {
  return screen
    .getAllByRole('row')
    .map(row => row.textContent?.replace(/\s+/g, ' ').trim());
}

function narrowScreen() {
  window.matchMedia = jest.fn().mockImplementation((query: string) => ({
    matches: query.includes('max-width'),
    addListener: jest.fn(),
    removeListener: jest.fn(),
  }));
}

describe('DiffView', () => {
  const { matchMedia } = window;
  beforeEach(() => localStorage.clear());
  afterEach(() => {
    window.matchMedia = matchMedia;
  });

  it.each([
    ['without', PATCH],
    ['with', HEADER + PATCH],
  ])('draws a patch %s header as a table, in words too', async (_, patch) => {
    await renderInTestApp(<DiffView patch={patch} path="my file.yml" />);
    const region = screen.getByRole('region', {
      name: 'Changes of my file.yml',
    });
    expect(region).toHaveAccessibleDescription('1 line added, 1 line removed');
    const table = within(region).getByRole('table');
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map(head => head.textContent),
    ).toEqual(['Line before', 'Line after', 'Text']);
    expect(rowTexts()).toEqual([
      'Line beforeLine afterText',
      '@@ -1,3 +1,3 @@',
      '11name: ci',
      '2 − removedimage: node:22',
      '2 + addedimage: node:24',
      '33on: push',
    ]);
  });

  it('shows both sides beside each other, and remembers it', async () => {
    const { unmount } = await renderInTestApp(
      <DiffView patch={PATCH} path="ci.yml" />,
    );
    await userEvent.click(screen.getByRole('radio', { name: 'Split' }));
    const split = '2 − removedimage: node:222 + addedimage: node:24';
    expect(rowTexts()).toContain(split);
    unmount();
    await renderInTestApp(<DiffView patch={PATCH} path="ci.yml" />);
    expect(screen.getByRole('radio', { name: 'Split' })).toBeChecked();
    expect(rowTexts()).toContain(split);
  });

  it('draws one column where it is narrow, whatever was chosen', async () => {
    narrowScreen();
    await renderInTestApp(
      <DiffView patch={PATCH} path="ci.yml" view="split" />,
    );
    expect(rowTexts()).toContain('2 − removedimage: node:22');
  });

  it('keeps long diffs short until they are asked for', async () => {
    await renderInTestApp(<DiffView patch={hunks(205)} path="long.txt" />);
    expect(screen.getByText('line 199.0')).toBeInTheDocument();
    expect(screen.queryByText('line 200.0')).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show 5 more hunks of long.txt' }),
    );
    expect(screen.getByText('line 204.0')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^Show/ }),
    ).not.toBeInTheDocument();
  });

  it('cuts a single long hunk too', async () => {
    await renderInTestApp(<DiffView patch={hunks(1, 230)} path="long.txt" />);
    expect(screen.queryByText('line 0.200')).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show 30 more lines of long.txt' }),
    );
    expect(screen.getByText('line 0.229')).toBeInTheDocument();
  });

  it('draws what a file holds as text only, and shows what is hidden', async () => {
    await renderInTestApp(
      <DiffView
        patch={`@@ -0,0 +1,3 @@\n+<img src=x onerror="alert(1)">\n+access\u202e level\n+diff --git a/x b/x`}
        path="<b>evil</b>"
      />,
    );
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
    expect(
      screen.getByText('<img src=x onerror="alert(1)">'),
    ).toBeInTheDocument();
    expect(screen.getByText('access‹U+202E› level')).toBeInTheDocument();
    expect(screen.getByText('diff --git a/x b/x')).toBeInTheDocument();
  });

  it('shows a changed line end, but not the line ends of a whole file', async () => {
    const { unmount } = await renderInTestApp(
      <DiffView patch={'@@ -1 +1 @@\n-one\r\n+one\n'} path="a" />,
    );
    expect(rowTexts()).toContain('1 − removedone‹U+000D›');
    unmount();
    await renderInTestApp(
      <DiffView patch={'@@ -1 +1 @@\n-one\r\n+two\r\n'} path="a" />,
    );
    expect(rowTexts()).toContain('1 − removedone');
  });

  it('says that a newline at the end came or went', async () => {
    await renderInTestApp(
      <DiffView
        patch={'@@ -1 +1 @@\n-one\n\\ No newline at end of file\n+one\n'}
        path="a"
      />,
    );
    expect(
      screen.getByText('The last line ended without a newline before.'),
    ).toBeInTheDocument();
  });

  it('passes on what the patch says that it leaves out', async () => {
    await renderInTestApp(
      <DiffView
        patch={'@@ -1 +1,2 @@\n one\n+two\n\\ 40 more lines'}
        path="a"
      />,
    );
    expect(screen.getByText('40 more lines')).toBeInTheDocument();
    expect(screen.queryByText(/newline/)).not.toBeInTheDocument();
  });

  it('shows what is no diff as it is', async () => {
    await renderInTestApp(<DiffView patch={'@@ what\n+x'} path="a" />);
    expect(screen.getByRole('region')).toHaveTextContent('@@ what +x');
  });

  it('says that nothing differs', async () => {
    await renderInTestApp(<DiffView patch="" path="a" />);
    expect(screen.getByText('No line differs.')).toBeInTheDocument();
  });
});
