import type { PlanFile, PlanHunk, UpdatePlan } from '../model';
import { countStatuses } from '../drift/statuses';
import { describeUpdate } from './describeUpdate';

const hunk = (rest: Partial<PlanHunk> = {}): PlanHunk => ({
  id: 'abc',
  status: 'conflict',
  oldStart: 5,
  oldLines: 1,
  newStart: 5,
  newLines: 1,
  lines: [' line 4', '-line 5', '+new', ' line 6'],
  ...rest,
});

const file = (path: string, rest: Partial<PlanFile> = {}): PlanFile => ({
  path,
  status: 'outdated',
  class: 'merged',
  drifted: true,
  action: 'change',
  hunks: [],
  ...rest,
});

function planOf(rest: Partial<UpdatePlan> = {}): UpdatePlan {
  const files = rest.files ?? [];
  const conflicts = files.flatMap(({ path, conflict }) =>
    conflict ? [{ path, kind: conflict }] : [],
  );
  return {
    layer: 'service',
    template: {
      entityRef: 'template:default/node-service',
      from: '1.9.0',
      to: '1.10.0',
      commit: 'abcdef1',
      inputDigest: 'sha256:0',
    },
    base: { reproducible: true, missing: [] },
    clean: conflicts.length === 0,
    empty: false,
    files,
    counts: countStatuses(files),
    conflicts,
    migrated: {
      present: 1,
      applicable: 1,
      conflict: 1,
      declined: 0,
      total: 3,
      share: 1 / 3,
    },
    notices: [],
    edits: [],
    digest: 'sha256:1',
    ...rest,
  };
}

const conflicting = file('a.yml', {
  status: 'conflict',
  conflict: 'content',
  action: 'keep',
  hunks: [hunk(), hunk({ status: 'applicable', lines: ['+easy'] })],
});

describe('describeUpdate', () => {
  it('names the versions in title and message', () => {
    const { title, commitMessage } = describeUpdate({ plan: planOf() });
    expect(title).toBe('Update node-service from 1.9.0 to 1.10.0');
    expect(commitMessage).toBe(
      `${title}\n\nTemplate: template:default/node-service\nLayer: service\nTemplate commit: abcdef1\n`,
    );
  });

  it('tells the share, and the changelog of the versions between', () => {
    const { body } = describeUpdate({
      plan: planOf(),
      changelog: '## 1.10.0\n- ten\n\n## 1.9.0\n- nine\n',
      noun: 'merge request',
    });
    expect(body).toContain('This merge request brings');
    expect(body).toContain('1 is there already (33 %), 1 can be taken');
    expect(body).toContain('### 1.10.0\n\n- ten');
    expect(body).not.toContain('nine');
  });

  it('shows both sides of a conflict, and only what is near it', () => {
    const edit = (at: string, line: string) => ({
      path: 'a.yml',
      fingerprint: 'sha256:2',
      patch: `@@ -${at} +${at} @@\n-line\n+${line}\n`,
    });
    const { body } = describeUpdate({
      plan: planOf({
        files: [conflicting],
        edits: [edit('2,7', 'mine'), edit('40,7', 'far away')],
      }),
    });
    expect(body).toContain('1 file in conflict');
    expect(body).toContain('@@ -5,1 +5,1 @@\n line 4\n-line 5\n+new\n line 6');
    expect(body).toContain('+mine');
    expect(body).not.toContain('+easy');
    expect(body).not.toContain('far away');
    expect(body).toContain(
      '| `a.yml` | conflict: both changed the same lines |',
    );
  });

  it('shows what a restore takes away', () => {
    const { body } = describeUpdate({
      plan: planOf({
        files: [
          file('ci.yml', {
            action: 'restore',
            class: 'managed',
            patch: '@@ -1 +1 @@\n-mine\n+theirs\n',
          }),
        ],
      }),
    });
    expect(body).toContain('## Put back as the template has it');
    expect(body).toContain('-mine\n+theirs');
  });

  it('lets nothing out of a fence, and mentions nobody', () => {
    const { body } = describeUpdate({
      plan: planOf({
        files: [
          file('a|b`c.md', {
            ...conflicting,
            path: 'a|b`c.md',
            reason: 'Asked by @team, fixes #12 <img src=x>',
            hunks: [hunk({ lines: ['+````', '+@everyone'] })],
          }),
        ],
        notices: [{ kind: 'other', message: 'From @ops\n## not a heading' }],
      }),
      changelog: '## 1.10.0\nThanks @jane, closes #7. `<T>` <b>\n',
    });
    const outside = body
      .replace(/^(`{3,})diff\n[\s\S]*?^\1$/gm, '')
      .replace(/`[^`\n]+`/g, '');
    expect(outside).not.toMatch(/@[a-z]|#\d|<(img|b)/);
    expect(body).toContain('`````diff\n@@ -5,1 +5,1 @@\n+````\n+@everyone\n');
    expect(body).toContain('``a\\|b`c.md``');
    expect(body).toContain('`<T>` &lt;b>');
    expect(body).not.toMatch(/^## not a heading/m);
  });

  it('leaves out whole parts rather than be too long', () => {
    const files = Array.from({ length: 40 }, (_, i) =>
      file(`f${i}`, {
        ...conflicting,
        path: `f${i}`,
        hunks: [hunk({ lines: Array(100).fill(`+${'ü'.repeat(30)}`) })],
      }),
    );
    const { body } = describeUpdate({ plan: planOf({ files }) });
    expect(new TextEncoder().encode(body).length).toBeLessThanOrEqual(60_000);
    expect(body).toMatch(/\d+ parts of this description left out/);
    expect(body).toContain('## To leave a file out');
    expect((body.match(/^`{3,}/gm) ?? []).length % 2).toBe(0);
  });
});
