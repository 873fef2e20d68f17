import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express, { Request, Response } from 'express';

interface Pull {
  id: number;
  links: { html: { href: string } };
  state: string;
  draft: boolean;
  title: string;
  description: string;
  reviewers: { uuid: string }[];
  close_source_branch: boolean;
  source: {
    branch: { name: string };
    repository: { full_name: string };
  };
  destination: { branch: { name: string } };
}

const REPOSITORY = '/2.0/repositories/acme/shop';
const SOURCE = /source\.branch\.name = "(.*?)"/;

/** A local Bitbucket Cloud with one repository, whose pull requests can be opened and changed. */
export class BitbucketStandIn {
  readonly requests: string[] = [];
  readonly token = 'ATCTT-secretsecretsecret';
  /** What is taken for an Authorization header. */
  authorizations: string[] = [];
  pulls: Pull[] = [];
  branches = ['main', 'release/1.x'];
  /** States of the build statuses of every pull request. */
  statuses: string[] = [];
  /** Where lists say that their next page is. */
  next: string | undefined;
  /** Answers given in place of the usual, by the beginning of `METHOD /path`. */
  refusals = new Map<
    string,
    { status: number; body: unknown; headers?: Record<string, string> }
  >();
  #server!: Server;

  static async start(): Promise<BitbucketStandIn> {
    const standIn = new BitbucketStandIn();
    const app = express();
    app.use(express.json());
    app.use((req, res, next) => standIn.#guard(req, res, next));
    standIn.#route(app);
    app.use((_, res) =>
      res.status(404).json({ error: { message: 'Not found' } }),
    );
    await new Promise<void>(resolve => {
      standIn.#server = app.listen(0, '127.0.0.1', resolve);
    });
    standIn.reset();
    return standIn;
  }

  get apiBaseUrl(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/2.0`;
  }

  reset(): void {
    const basic = (user: string) =>
      `Basic ${Buffer.from(`${user}:${this.token}`).toString('base64')}`;
    this.authorizations = [
      `Bearer ${this.token}`,
      basic('bot'),
      basic('bot@example.com'),
    ];
    this.requests.length = 0;
    this.pulls = [];
    this.branches = ['main', 'release/1.x'];
    this.statuses = [];
    this.next = undefined;
    this.refusals.clear();
  }

  /** A pull request as somebody opened it. */
  add(branch: string, fields: Partial<Pull> = {}, from = 'acme/shop'): Pull {
    const id = this.pulls.length + 1;
    const pull: Pull = {
      id,
      links: {
        html: { href: `https://bitbucket.org/acme/shop/pull-requests/${id}` },
      },
      state: 'OPEN',
      draft: false,
      title: 'A title',
      description: '',
      reviewers: [],
      close_source_branch: false,
      destination: { branch: { name: 'main' } },
      ...fields,
      source: { branch: { name: branch }, repository: { full_name: from } },
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
    const { authorization = '' } = req.headers;
    if (!this.authorizations.includes(authorization)) {
      res.status(401).json({ error: { message: 'Token is invalid' } });
    } else if (refusal) {
      res.set(refusal.headers ?? {});
      res.status(refusal.status).json(refusal.body);
    } else {
      next();
    }
  }

  #route(app: express.Express): void {
    app.get(REPOSITORY, (_, res) => {
      const [name] = this.branches;
      res.json({ full_name: 'acme/shop', mainbranch: name ? { name } : null });
    });
    app.get(`${REPOSITORY}/refs/branches`, (req, res) => {
      const name = /^name = "(.*)"$/.exec(String(req.query.q))![1];
      const values = this.branches.filter(each => each === name);
      res.json({ values: values.map(each => ({ name: each })) });
    });
    app.get(`${REPOSITORY}/pullrequests`, (req, res) => {
      const query = String(req.query.q);
      const branch = SOURCE.exec(query)![1];
      const values = this.pulls.filter(
        pull =>
          pull.source.branch.name === branch &&
          (req.query.state as string[]).includes(pull.state) &&
          (!pull.draft || query.includes('draft = true')),
      );
      // Lists leave the reviewers out
      res.json({
        values: values.map(({ reviewers: _, ...rest }) => rest).reverse(),
        next: this.next,
      });
    });
    app.get(`${REPOSITORY}/pullrequests/:id`, (req, res) => {
      res.json(this.pulls[Number(req.params.id) - 1]);
    });
    app.get(`${REPOSITORY}/pullrequests/:id/statuses`, (_, res) => {
      res.json({ values: this.statuses.map(state => ({ state })) });
    });
    app.post(`${REPOSITORY}/pullrequests`, (req, res) => {
      const { source, ...fields } = req.body;
      const { name } = source.branch;
      if (
        this.pulls.some(
          pull => pull.source.branch.name === name && pull.state === 'OPEN',
        )
      ) {
        res.status(409).json({ error: { message: 'It exists' } });
      } else {
        res.status(201).json(this.add(name, fields));
      }
    });
    app.put(`${REPOSITORY}/pullrequests/:id`, (req, res) => {
      const pull = this.pulls[Number(req.params.id) - 1];
      // A change replaces what it leaves out
      Object.assign(pull, { reviewers: [], close_source_branch: false });
      res.json(Object.assign(pull, req.body));
    });
  }
}
