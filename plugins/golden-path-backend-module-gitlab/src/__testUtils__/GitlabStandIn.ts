import { readFileSync } from 'node:fs';
import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import path from 'node:path';
import express, { Request, Response } from 'express';

/** What is answered at one path; a list is served in pages. */
export interface Answer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

const API = '/gitlab/api/v4';
const SHA = '7b5c3cc8be40ee161ae89a06bba6229da1032a0c';

/** A local server that speaks as much of GitLab's interface as the module asks for, below a path as some GitLabs are. */
export class GitlabStandIn {
  readonly requests: {
    path: string;
    query: Request['query'];
    authorization?: string;
  }[] = [];
  readonly answers = new Map<string, Answer>();
  token = 'glpat-secretsecretsecret';
  quota = { limit: 2000, remaining: 1900, reset: 0 };
  pageSize: number | undefined;
  #server!: Server;

  static async start(): Promise<GitlabStandIn> {
    const standIn = new GitlabStandIn();
    const app = express();
    app.use((req, res) => standIn.#answer(req, res));
    await new Promise<void>(resolve => {
      standIn.#server = app.listen(0, '127.0.0.1', resolve);
    });
    standIn.reset();
    return standIn;
  }

  get apiBaseUrl(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${API}`;
  }

  /** Back to a project of which everything may be seen. */
  reset(): void {
    this.requests.length = 0;
    this.pageSize = undefined;
    this.quota = {
      limit: 2000,
      remaining: 1900,
      reset: Math.floor(Date.now() / 1000) + 40,
    };
    this.answers.clear();
    this.answers.set(`${API}/projects/acme/web/shop`, {
      body: fixture('project.json'),
    });
    const files: Record<string, string> = {
      '/repository/branches/main': 'branch',
      '/protected_branches': 'protected-branches',
      '/approval_rules': 'approval-rules',
      [`/repository/commits/${SHA}/statuses`]: 'statuses',
      '/environments': 'environments',
      '/protected_environments': 'protected-environments',
      '/deployments': 'deployments',
      '/pipelines': 'pipelines',
      '/merge_requests': 'merge-requests',
      '/vulnerabilities': 'vulnerabilities',
      '/push_rule': 'push-rule',
      '/releases': 'releases',
      '/pipelines/47/jobs': 'jobs',
      '/pipelines/46/jobs': 'jobs',
      '/pipelines/45/jobs': 'jobs-retried',
      '/pipelines/44/jobs': 'jobs',
      '/pipelines/43/jobs': 'jobs',
    };
    for (const [at, file] of Object.entries(files)) {
      this.set(at, { body: fixture(`${file}.json`) });
    }
    for (const [iid, body] of Object.entries(fixture('approvals.json'))) {
      this.set(`/merge_requests/${iid}/approvals`, { body });
      this.set(`/merge_requests/${iid}/commits`, {
        body: fixture('commits.json'),
      });
    }
  }

  /** `at` is what comes after the project's own path. */
  set(at: string, answer: Answer): void {
    this.answers.set(`${API}/projects/4${at}`, answer);
  }

  refuse(status: number, message: string, ...at: string[]): void {
    for (const each of at) {
      this.set(each, { status, body: { message } });
    }
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #answer(req: Request, res: Response): void {
    const { authorization } = req.headers;
    const at = decodeURIComponent(req.path);
    this.requests.push({ path: at, query: req.query, authorization });
    res.set({
      'ratelimit-limit': `${this.quota.limit}`,
      'ratelimit-remaining': `${this.quota.remaining}`,
      'ratelimit-reset': `${this.quota.reset}`,
    });
    const answer = this.answers.get(at);
    if (authorization && authorization !== `Bearer ${this.token}`) {
      res.status(401).json({ message: '401 Unauthorized' });
    } else if (answer) {
      res.set(answer.headers ?? {}).status(answer.status ?? 200);
      res.json(this.#page(req, res, answer.body));
    } else {
      res.status(404).json({ message: '404 Not Found' });
    }
  }

  #page(req: Request, res: Response, body: unknown): unknown {
    if (!Array.isArray(body)) {
      return body;
    }
    const size = this.pageSize ?? Number(req.query.per_page ?? 20);
    const page = Number(req.query.page ?? 1);
    if (page * size < body.length) {
      const next = new URL(req.originalUrl, this.apiBaseUrl);
      next.searchParams.set('page', `${page + 1}`);
      res.set({
        link: `<${next.href}>; rel="next"`,
        'x-next-page': `${page + 1}`,
      });
    }
    return body.slice((page - 1) * size, page * size);
  }
}

/** A file of `__fixtures__`. */
export function fixture(name: string): any {
  return JSON.parse(
    readFileSync(path.join(__dirname, '..', '__fixtures__', name), 'utf8'),
  );
}
