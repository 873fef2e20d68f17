import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express, { Request, Response } from 'express';

interface Pull {
  number: number;
  html_url: string;
  state: 'open' | 'closed';
  merged: boolean;
  title: string;
  body: string;
  head: { label: string; ref: string; repo_id: number; sha: string };
  base: { ref: string };
}

const ROOT = '/git';
const REPOSITORY = `${ROOT}/api/v1/repos/acme/shop`;

/** A local Gitea below a path, with one repository whose pull requests can be opened and changed. */
export class GiteaStandIn {
  readonly requests: string[] = [];
  readonly password = 'gitea-secretsecretsecret';
  pulls: Pull[] = [];
  branches = ['main', 'release/1.x'];
  /** States of the statuses of every commit. */
  statuses: string[] = [];
  /** Answers given in place of the usual, by the beginning of `METHOD /path`. */
  refusals = new Map<
    string,
    { status: number; body: unknown; headers?: Record<string, string> }
  >();
  #server!: Server;

  static async start(): Promise<GiteaStandIn> {
    const standIn = new GiteaStandIn();
    const app = express();
    app.use(express.json());
    app.use((req, res, next) => standIn.#guard(req, res, next));
    standIn.#route(app);
    app.use((_, res) => res.status(404).json({ message: 'not found' }));
    await new Promise<void>(resolve => {
      standIn.#server = app.listen(0, '127.0.0.1', resolve);
    });
    return standIn;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get baseUrl(): string {
    return `http://${this.host}${ROOT}`;
  }

  reset(): void {
    this.requests.length = 0;
    this.pulls = [];
    this.branches = ['main', 'release/1.x'];
    this.statuses = [];
    this.refusals.clear();
  }

  /** A pull request as somebody opened it, in this repository (7) or a fork. */
  add(branch: string, fields: Partial<Pull> = {}, repositoryId = 7): Pull {
    const number = this.pulls.length + 1;
    const pull: Pull = {
      number,
      html_url: `${this.baseUrl}/acme/shop/pulls/${number}`,
      state: 'open',
      merged: false,
      title: 'A title',
      body: '',
      head: {
        label: branch,
        // What a deleted branch leaves
        ref: fields.state ? `refs/pull/${number}/head` : branch,
        repo_id: repositoryId,
        sha: `sha${number}`,
      },
      base: { ref: 'main' },
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
    const what = `${req.method} ${req.path}`;
    this.requests.push(what);
    const refusal = [...this.refusals].find(([at]) => what.startsWith(at))?.[1];
    const basic = Buffer.from(`bot:${this.password}`).toString('base64');
    const allowed = [`basic ${basic}`, `token ${this.password}`];
    if (!allowed.includes(req.headers.authorization ?? '')) {
      res.status(401).json({ message: 'invalid username, password or token' });
    } else if (refusal) {
      res.set(refusal.headers ?? {});
      res.status(refusal.status).json(refusal.body);
    } else {
      next();
    }
  }

  #route(app: express.Express): void {
    app.get(REPOSITORY, (_, res) => {
      res.json({
        id: 7,
        full_name: 'acme/shop',
        default_branch: this.branches[0] ?? '',
      });
    });
    app.get(`${REPOSITORY}/branches/*`, (req, res) => {
      const name = (req.params as unknown as string[])[0];
      if (this.branches.includes(name)) {
        res.json({ name });
      } else {
        res.status(404).json({ message: 'not found' });
      }
    });
    app.get(`${REPOSITORY}/pulls`, (req, res) => {
      const { state, page, limit } = req.query;
      const found = this.pulls
        .filter(pull => state === 'all' || pull.state === state)
        .reverse();
      const end = Number(page) * Number(limit);
      res.json(found.slice(end - Number(limit), end).map(withDraft));
    });
    app.post(`${REPOSITORY}/pulls`, (req, res) => {
      const { head, base, title, body } = req.body;
      if (
        this.pulls.some(
          pull => pull.head.label === head && pull.state === 'open',
        )
      ) {
        res.status(409).json({ message: 'pull request already exists' });
      } else {
        const pull = this.add(head, { title, body, base: { ref: base } });
        res.status(201).json(withDraft(pull));
      }
    });
    app.patch(`${REPOSITORY}/pulls/:number`, (req, res) => {
      const pull = this.pulls[Number(req.params.number) - 1];
      res.status(201).json(withDraft(Object.assign(pull, req.body)));
    });
    app.get(`${REPOSITORY}/commits/:ref/status`, (_, res) => {
      const worst = ['error', 'failure', 'warning', 'pending', 'success'].find(
        state => this.statuses.includes(state),
      );
      res.json({
        state: worst ?? '',
        total_count: this.statuses.length,
        statuses: this.statuses.slice(0, 50).map(status => ({ status })),
      });
    });
  }
}

function withDraft(pull: Pull) {
  return { ...pull, draft: /^(wip:|\[wip\])/i.test(pull.title) };
}
