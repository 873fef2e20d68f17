import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express, { Request, Response } from 'express';

interface Pull {
  number: number;
  node_id: string;
  html_url: string;
  state: 'open' | 'closed';
  draft: boolean;
  title: string;
  body: string | null;
  merged_at: string | null;
  head: { ref: string; sha: string; repo: { full_name: string } | null };
  base: { ref: string };
}

/** A local GitHub Enterprise with one repository, whose pull requests can be opened and changed. */
export class GithubPullsStandIn {
  readonly requests: string[] = [];
  readonly token = 'ghp_secretsecretsecretsecretsecretsecret';
  pulls: Pull[] = [];
  branches = ['main', 'release/1.x'];
  /** Old names of branches, and the new ones. */
  renamed = new Map<string, string>();
  /** Conclusions of check runs; `null` while they run. */
  runs: (string | null)[] = [];
  status = { state: 'pending', total_count: 0 };
  hasDrafts = true;
  /** Answers given in place of the usual, by the beginning of `METHOD /path`. */
  refusals = new Map<
    string,
    { status: number; body: unknown; headers?: Record<string, string> }
  >();
  #server!: Server;

  static async start(): Promise<GithubPullsStandIn> {
    const standIn = new GithubPullsStandIn();
    const app = express();
    app.use(express.json());
    app.use((req, res, next) => standIn.#guard(req, res, next));
    standIn.#route(app);
    app.use((_, res) => res.status(404).json({ message: 'Not Found' }));
    await new Promise<void>(resolve => {
      standIn.#server = app.listen(0, '127.0.0.1', resolve);
    });
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  reset(): void {
    this.requests.length = 0;
    this.pulls = [];
    this.branches = ['main', 'release/1.x'];
    this.renamed.clear();
    this.runs = [];
    this.status = { state: 'pending', total_count: 0 };
    this.hasDrafts = true;
    this.refusals.clear();
  }

  /** A pull request as somebody opened it. */
  add(fields: Partial<Pull> & { branch: string; from?: string }): Pull {
    const { branch, from = 'Acme/shop', ...rest } = fields;
    const number = this.pulls.length + 1;
    const pull: Pull = {
      number,
      node_id: `PR_${number}`,
      html_url: `https://ghe.example.com/Acme/shop/pull/${number}`,
      state: 'open',
      draft: false,
      title: 'A title',
      body: null,
      merged_at: null,
      head: { ref: branch, sha: `sha${number}`, repo: { full_name: from } },
      base: { ref: 'main' },
      ...rest,
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
    if (!req.headers.authorization?.endsWith(` ${this.token}`)) {
      res.status(401).json({ message: 'Bad credentials' });
    } else if (refusal) {
      res.set(refusal.headers ?? {});
      res.status(refusal.status).json(refusal.body);
    } else {
      next();
    }
  }

  #route(app: express.Express): void {
    app.get('/repos/acme/shop', (_, res) => {
      res.json({
        name: 'shop',
        owner: { login: 'Acme' },
        html_url: 'https://elsewhere.example.com/Acme/shop',
        private: true,
        archived: false,
        default_branch: 'main',
      });
    });
    const at = '/repos/Acme/shop';
    app.get(`${at}/branches/:name`, (req, res) => {
      const name = this.renamed.get(req.params.name) ?? req.params.name;
      if (this.branches.includes(name)) {
        res.json({ name });
      } else {
        res.status(404).json({ message: 'Branch not found' });
      }
    });
    app.get(`${at}/pulls`, (req, res) => {
      const [, branch] = String(req.query.head).split(/:(.*)/);
      const found = this.pulls.filter(({ head }) => head.ref === branch);
      res.json(found.reverse());
    });
    app.post(`${at}/pulls`, (req, res) => this.#create(req, res));
    app.patch(`${at}/pulls/:number`, (req, res) => {
      const pull = this.pulls[Number(req.params.number) - 1];
      res.json(Object.assign(pull, req.body));
    });
    app.get(`${at}/commits/:ref/status`, (_, res) => {
      res.json(this.status);
    });
    app.get(`${at}/commits/:ref/check-runs`, (_, res) => {
      res.json({
        total_count: this.runs.length,
        check_runs: this.runs.map(conclusion => ({ conclusion })),
      });
    });
    app.post('/graphql', (req, res) => this.#mutate(req, res));
  }

  #create(req: Request, res: Response): void {
    const { head, base, title, body, draft } = req.body;
    const refuse = (message: string) =>
      res
        .status(422)
        .json({ message: 'Validation Failed', errors: [{ message }] });
    if (
      this.pulls.some(pull => pull.head.ref === head && pull.state === 'open')
    ) {
      refuse(`A pull request already exists for Acme:${head}.`);
    } else if (draft && !this.hasDrafts) {
      res.status(422).json({
        message: 'Draft pull requests are not supported in this repository.',
      });
    } else {
      res
        .status(201)
        .json(
          this.add({ branch: head, base: { ref: base }, title, body, draft }),
        );
    }
  }

  #mutate(req: Request, res: Response): void {
    const pull = this.pulls.find(
      ({ node_id: id }) => id === req.body.variables.id,
    )!;
    const toDraft = req.body.query.includes('convertPullRequestToDraft');
    if (toDraft && !this.hasDrafts) {
      const message = `bot does not have permission to convert the pull request ${pull.node_id} to draft.`;
      res.json({ data: {}, errors: [{ type: 'FORBIDDEN', message }] });
    } else {
      pull.draft = toDraft;
      res.json({ data: {} });
    }
  }
}
