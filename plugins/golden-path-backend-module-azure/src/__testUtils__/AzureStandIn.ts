import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express, { Request, Response } from 'express';

interface Pull {
  pullRequestId: number;
  status: string;
  isDraft: boolean;
  title: string;
  description: string;
  sourceRefName: string;
  targetRefName: string;
  forkSource?: unknown;
}

const REPOSITORY = '{project}/_apis/{area}/repositories/{repositoryId}';
/** Where the client finds what; the ids are Azure DevOps' own. */
const LOCATIONS: Record<string, [string, string][]> = {
  git: [
    ['225f7195-f9c7-4d14-ab28-a83f7ff77e1f', REPOSITORY],
    ['2d874a60-a811-4f62-9c9f-963a6ea0a55b', `${REPOSITORY}/refs`],
    [
      '9946fd70-0d40-406e-b686-b4744cbbcc37',
      `${REPOSITORY}/pullRequests/{pullRequestId}`,
    ],
    [
      'b5f6bb4f-8d1e-4d79-8d11-4c9172c99c35',
      `${REPOSITORY}/pullRequests/{pullRequestId}/statuses`,
    ],
    [
      'd43911ee-6958-46b0-a42b-8445b8a0d004',
      `${REPOSITORY}/pullRequests/{pullRequestId}/iterations`,
    ],
  ],
  policy: [
    [
      'c23ddff5-229c-4d04-a80b-0fdce9f360c8',
      '{project}/_apis/{area}/evaluations',
    ],
  ],
};
const AT = '/tfs/acme';
const SHOP = `${AT}/p-1/_apis/git/repositories/r-1`;

/** A local Azure DevOps Server with one repository, whose pull requests can be opened and changed. */
export class AzureStandIn {
  readonly requests: string[] = [];
  readonly token = 'pat-secretsecretsecret';
  pulls: Pull[] = [];
  branches = ['main', 'release/1.x', 'release/1.x-old'];
  iterations = 1;
  statuses: unknown[] = [];
  evaluations: unknown[] = [];
  /** Answers given in place of the usual, by the beginning of `METHOD /path`. */
  refusals = new Map<
    string,
    { status: number; body: unknown; headers?: Record<string, string> }
  >();
  #server!: Server;

  static async start(): Promise<AzureStandIn> {
    const standIn = new AzureStandIn();
    const app = express();
    app.use(express.json());
    app.use((req, res, next) => standIn.#guard(req, res, next));
    standIn.#route(app);
    app.use((_, res) => res.status(404).json({ message: 'TF400813' }));
    await new Promise<void>(resolve => {
      standIn.#server = app.listen(0, '127.0.0.1', resolve);
    });
    return standIn;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get serverUrl(): string {
    return `http://${this.host}${AT}`;
  }

  reset(): void {
    this.requests.length = 0;
    this.pulls = [];
    this.branches = ['main', 'release/1.x', 'release/1.x-old'];
    this.iterations = 1;
    this.statuses = [];
    this.evaluations = [];
    this.refusals.clear();
  }

  /** A pull request as somebody opened it. */
  add(branch: string, fields: Partial<Pull> = {}): Pull {
    const pull: Pull = {
      pullRequestId: this.pulls.length + 1,
      status: 'active',
      isDraft: false,
      title: 'A title',
      description: '',
      sourceRefName: `refs/heads/${branch}`,
      targetRefName: 'refs/heads/main',
      ...fields,
    };
    this.pulls.push(pull);
    return pull;
  }

  asked(start: string): number {
    return this.requests.filter(each => each.startsWith(start)).length;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #guard(req: Request, res: Response, next: () => void): void {
    const what = `${req.method} ${decodeURIComponent(req.path)}`;
    this.requests.push(what);
    const refusal = [...this.refusals].find(([at]) => what.startsWith(at))?.[1];
    const basic = Buffer.from(`PAT:${this.token}`).toString('base64');
    const allowed = [`Basic ${basic}`, `Bearer ${this.token}`];
    if (!allowed.includes(req.headers.authorization ?? '')) {
      res.status(401).send('<html>Access Denied</html>');
    } else if (refusal) {
      res.set(refusal.headers ?? {});
      res.status(refusal.status).json(refusal.body);
    } else {
      next();
    }
  }

  #route(app: express.Express): void {
    app.options(`${AT}/_apis/:area`, (req, res) => {
      const { area } = req.params;
      res.json({
        value: LOCATIONS[area].map(([id, routeTemplate]) => ({
          id,
          area,
          resourceName: '',
          routeTemplate,
          resourceVersion: 2,
          minVersion: '1.0',
          maxVersion: '7.2',
          releasedVersion: '7.1',
        })),
      });
    });
    app.get(`${AT}/web%20shop/_apis/git/repositories/shop`, (_, res) => {
      const [name] = this.branches;
      res.json({
        id: 'r-1',
        name: 'shop',
        defaultBranch: name && `refs/heads/${name}`,
        project: { id: 'p-1', name: 'web shop' },
      });
    });
    app.get(`${SHOP}/refs`, (req, res) => {
      const start = `refs/${req.query.filter}`;
      const value = this.branches
        .map(name => ({ name: `refs/heads/${name}` }))
        .filter(({ name }) => name.startsWith(start));
      res.json({ count: value.length, value });
    });
    app.get(`${SHOP}/pullRequests`, (req, res) => {
      const value = this.pulls.filter(
        ({ sourceRefName }) =>
          sourceRefName === req.query['searchCriteria.sourceRefName'] &&
          req.query['searchCriteria.status'] === '4',
      );
      // Lists cut descriptions
      res.json({
        value: value.map(pull => ({
          ...pull,
          description: pull.description.slice(0, 400),
        })),
      });
    });
    app.get(`${SHOP}/pullRequests/:id`, (req, res) => {
      res.json(this.pulls[Number(req.params.id) - 1]);
    });
    app.get(`${SHOP}/pullRequests/:id/statuses`, (_, res) => {
      res.json({ value: this.statuses });
    });
    app.get(`${SHOP}/pullRequests/:id/iterations`, (_, res) => {
      const ids = Array.from(Array(this.iterations), (__, at) => at + 1);
      res.json({ value: ids.map(id => ({ id })) });
    });
    app.get(`${AT}/p-1/_apis/policy/evaluations`, (req, res) => {
      const isPull = /^vstfs:\/\/\/CodeReview\/CodeReviewId\/p-1\/\d+$/.test(
        String(req.query.artifactId),
      );
      res.json({ value: isPull ? this.evaluations : [] });
    });
    app.post(`${SHOP}/pullRequests`, (req, res) => {
      const { sourceRefName, description, ...fields } = req.body;
      if (
        this.pulls.some(
          pull =>
            pull.sourceRefName === sourceRefName && pull.status === 'active',
        )
      ) {
        const message =
          'TF401179: An active pull request for the source and target branch already exists.';
        res.status(409).json({ message });
      } else if (description.length > 4000) {
        const message =
          'A description for a pull request must not be longer than 4000 characters.';
        res.status(400).json({ message });
      } else {
        const branch = sourceRefName.slice('refs/heads/'.length);
        res.status(201).json(this.add(branch, { description, ...fields }));
      }
    });
    app.patch(`${SHOP}/pullRequests/:id`, (req, res) => {
      const pull = this.pulls[Number(req.params.id) - 1];
      res.json(Object.assign(pull, req.body));
    });
  }
}
