import {
  ChangeHost,
  ChangeRepository,
  ChangeRequestState,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { FileChange, UpdatePlan } from '@goldenpath/engine';
import {
  PlannedLayer,
  PushChange,
  UpdatePlanner,
} from '../updates/UpdateSources';

export const HEAD = 'a'.repeat(40);
const DIGEST = `sha256:${'1'.repeat(64)}`;

/** A host that keeps its requests in memory; tests change them, and let it fail. */
export class FakeHost implements ChangeHost {
  readonly id = 'fake';
  readonly noun = 'pull request';
  /** By address of the files and branch. */
  readonly requests = new Map<string, ChangeRequestState>();
  /** Title and body of every call. */
  readonly opened: { url: string; title: string; draft: boolean }[] = [];
  asked = 0;
  /** Thrown by the next calls. */
  errors: Error[] = [];

  knows(url: string): boolean {
    return url.startsWith('https://git.example.com/');
  }

  async repository({ url }: { url: string }): Promise<ChangeRepository> {
    this.#fail();
    return {
      remoteUrl: `${url}.git`,
      baseBranch: 'main',
      folder: '',
      webUrl: url,
    };
  }

  async open(options: {
    url: string;
    branch: string;
    title: string;
    draft: boolean;
  }): Promise<ChangeRequestState> {
    this.#fail();
    const { url, branch, title, draft } = options;
    this.opened.push({ url, title, draft });
    const key = `${url}#${branch}`;
    const known = this.requests.get(key);
    const request: ChangeRequestState =
      known?.state === 'open'
        ? { ...known, draft }
        : {
            id: String(this.requests.size + 1),
            url: `${url}pull/${this.requests.size + 1}`,
            state: 'open',
            draft,
            checks: 'unknown',
          };
    this.requests.set(key, request);
    return request;
  }

  async state(options: { url: string; branch: string }) {
    this.asked += 1;
    this.#fail();
    return this.requests.get(`${options.url}#${options.branch}`);
  }

  /** Changes every request. */
  setAll(changes: Partial<ChangeRequestState>): void {
    for (const [key, request] of this.requests) {
      this.requests.set(key, { ...request, ...changes });
    }
  }

  #fail(): void {
    const error = this.errors.shift();
    if (error) {
      throw error;
    }
  }
}

/** What was pushed, by remote and branch; each has one commit on top of its base. */
export class FakeRemote {
  readonly branches = new Map<
    string,
    { files: FileChange[]; date: string; author: string; message: string }
  >();
  pushes = 0;
  head = HEAD;
  pushed = 'b'.repeat(40);
  errors: Error[] = [];

  readonly push: PushChange = async options => {
    const error = this.errors.shift();
    if (error) {
      throw error;
    }
    this.pushes += 1;
    const { remoteUrl, branch, files, date, author, message } = options;
    this.branches.set(`${remoteUrl}#${branch}`, {
      files,
      date: date.toISOString(),
      author: `${author.name} <${author.email}>`,
      message,
    });
    return { commit: this.pushed, baseCommit: this.head };
  };
}

/** Plans whatever a test says of each service. */
export class FakePlanner implements UpdatePlanner {
  readonly plans = new Map<string, Partial<UpdatePlan>>();
  readonly asked: Parameters<UpdatePlanner['plan']>[0][] = [];
  commit: string | null = HEAD;
  errors: Error[] = [];
  changes: FileChange[] = [
    { path: 'ci.yml', mode: '100644', content: Buffer.from('new\n') },
  ];

  readonly plan: UpdatePlanner['plan'] = async options => {
    this.asked.push(options);
    const error = this.errors.shift();
    if (error) {
      throw error;
    }
    const plan = fakePlan(this.plans.get(options.entityRef));
    const layer = fakeLayer(plan, options.applied);
    return [
      {
        plan,
        changes: this.changes,
        layer,
        lock: { schemaVersion: 1, layers: [layer] },
        commit: this.commit,
      },
    ];
  };
}

export function fakePlan(changes: Partial<UpdatePlan> = {}): UpdatePlan {
  return {
    layer: 'service',
    template: {
      entityRef: 'template:default/node',
      from: '1.0.0',
      to: '1.1.0',
      commit: null,
      inputDigest: DIGEST,
    },
    base: { reproducible: true, missing: [] },
    clean: true,
    empty: false,
    files: [],
    counts: {} as UpdatePlan['counts'],
    conflicts: [],
    migrated: {
      present: 0,
      applicable: 1,
      conflict: 0,
      declined: 0,
      total: 1,
      share: 0,
    },
    notices: [],
    edits: [],
    digest: 'plan-1',
    ...changes,
  };
}

function fakeLayer(
  plan: UpdatePlan,
  applied: { at: string; via: string },
): PlannedLayer['layer'] {
  return {
    id: plan.layer,
    template: {
      entityRef: plan.template.entityRef,
      source: { type: 'file', url: 'file:///template', commit: null },
      version: plan.template.to,
      inputDigest: plan.template.inputDigest,
    },
    render: {
      engine: 'test',
      options: { copyWithoutTemplating: [] },
      values: {},
    },
    rendered: { digest: DIGEST, files: {}, absent: [] },
    applied,
    history: [],
  };
}
