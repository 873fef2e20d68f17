import { readFileSync } from 'node:fs';
import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import path from 'node:path';
import express, { Request, Response } from 'express';

/** What is answered at one path; a list, or an object with one list in it, is served in pages. */
export interface Answer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

const REPOSITORY = '/repos/acme/shop';
const DIGEST = encodeURIComponent(`sha256:${'2151'.repeat(16)}`);

/** A local server that speaks as much of GitHub's interface as the module asks for. */
export class GithubStandIn {
  readonly requests: {
    path: string;
    authorization?: string;
    status: number;
  }[] = [];
  readonly answers = new Map<string, Answer>();
  /** Answers to GraphQL queries, by the first field asked of the repository, one after the other. */
  readonly graphql = new Map<string, unknown[]>();
  token: string | undefined = 'ghp_secretsecretsecretsecretsecretsecret';
  quota = { limit: 5000, remaining: 4000, reset: 0 };
  pageSize: number | undefined;
  #server!: Server;

  static async start(): Promise<GithubStandIn> {
    const standIn = new GithubStandIn();
    const app = express();
    app.use(express.json());
    app.use((req, res) => standIn.#answer(req, res));
    await new Promise<void>(resolve => {
      standIn.#server = app.listen(0, '127.0.0.1', resolve);
    });
    standIn.reset();
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Back to a repository of which everything may be seen. */
  reset(): void {
    this.requests.length = 0;
    this.quota = {
      limit: 5000,
      remaining: 4000,
      reset: Math.floor(Date.now() / 1000) + 1800,
    };
    this.pageSize = undefined;
    this.answers.clear();
    const files: Record<string, string> = {
      '': 'repository',
      '/branches/main': 'branch',
      '/branches/main/protection': 'branch-protection',
      '/rules/branches/main': 'branch-rules',
      '/commits/main/check-runs': 'check-runs',
      '/commits/main/status': 'combined-status',
      '/environments': 'environments',
      '/actions/runs': 'workflow-runs',
      '/dependabot/alerts': 'dependabot-alerts',
      '/code-scanning/alerts': 'code-scanning-alerts',
      '/secret-scanning/alerts': 'secret-scanning-alerts',
      '/code-scanning/default-setup': 'default-setup',
      '/actions/permissions': 'actions-permissions',
      '/actions/permissions/workflow': 'workflow-permissions',
      '/releases': 'releases',
      [`/attestations/${DIGEST}`]: 'attestations',
      '/codeowners/errors': 'codeowners-errors',
    };
    for (const [at, file] of Object.entries(files)) {
      this.set(at, { body: fixture(`${file}.json`) });
    }
    for (const id of fixture('workflow-runs.json').workflow_runs) {
      this.set(`/actions/runs/${id.id}/jobs`, { body: fixture('jobs.json') });
    }
    this.set('/vulnerability-alerts', { status: 204 });
    this.graphql.set('deployments', [fixture('deployments.graphql.json')]);
    this.graphql.set('pullRequests', [
      fixture('pull-requests.graphql.json'),
      fixture('pull-requests-2.graphql.json'),
    ]);
  }

  /** `at` is what comes after the repository's own path. */
  set(at: string, answer: Answer): void {
    this.answers.set(`${REPOSITORY}${at}`, answer);
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
    res.on('finish', () =>
      this.requests.push({
        path: req.path,
        authorization,
        status: res.statusCode,
      }),
    );
    const { limit, remaining, reset } = this.quota;
    res.set({
      'x-ratelimit-limit': `${limit}`,
      'x-ratelimit-remaining': `${remaining}`,
      'x-ratelimit-reset': `${reset}`,
      'x-ratelimit-resource': req.path === '/graphql' ? 'graphql' : 'core',
    });
    if (authorization && !authorization.endsWith(` ${this.token}`)) {
      res.status(401).json({ message: 'Bad credentials' });
    } else if (req.path === '/graphql') {
      this.#answerQuery(req, res);
    } else {
      this.#answerRest(req, res);
    }
  }

  #answerQuery(req: Request, res: Response): void {
    if (!req.headers.authorization) {
      res
        .status(401)
        .json({ message: 'This endpoint requires you to be authenticated.' });
      return;
    }
    const field = /\) \{\s*(\w+)\(/.exec(
      req.body.query.slice(req.body.query.indexOf('repository(')),
    )![1];
    const answers = this.graphql.get(field) ?? [];
    const next = answers[req.body.variables.after ? 1 : 0] as any;
    res.json(next?.errors ? next : { data: next });
  }

  #answerRest(req: Request, res: Response): void {
    const answer = this.answers.get(req.path);
    if (!answer) {
      res.status(404).json({ message: 'Not Found' });
      return;
    }
    res.set(answer.headers ?? {}).status(answer.status ?? 200);
    if (answer.status === 204) {
      res.end();
    } else {
      res.json(this.#page(req, res, answer.body));
    }
  }

  #page(req: Request, res: Response, body: any): unknown {
    const key = Array.isArray(body)
      ? undefined
      : Object.keys(body ?? {}).find(
          name => 'total_count' in body && Array.isArray(body[name]),
        );
    const all: unknown[] | undefined = key ? body[key] : body;
    if (!Array.isArray(all) || (key && 'url' in body)) {
      return body;
    }
    const size = this.pageSize ?? Number(req.query.per_page ?? 30);
    const page = Number(req.query.page ?? 1);
    if (page * size < all.length) {
      const next = new URL(req.originalUrl, this.url);
      next.searchParams.set('page', `${page + 1}`);
      res.set('link', `<${next.href}>; rel="next"`);
    }
    const items = all.slice((page - 1) * size, page * size);
    return key ? { ...body, [key]: items } : items;
  }
}

/** A file of `__fixtures__`. */
export function fixture(name: string): any {
  return JSON.parse(
    readFileSync(path.join(__dirname, '..', '__fixtures__', name), 'utf8'),
  );
}
