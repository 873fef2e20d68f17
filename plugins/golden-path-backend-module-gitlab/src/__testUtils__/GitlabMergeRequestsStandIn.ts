import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express, { Request, Response } from 'express';

interface MergeRequest {
  iid: number;
  web_url: string;
  state: string;
  title: string;
  description: string | null;
  source_branch: string;
  target_branch: string;
  source_project_id: number;
  sha: string;
}

const API = '/gitlab/api/v4';
const PROJECT = `${API}/projects/4`;

/** A local GitLab below a path, with one project in a subgroup, whose merge requests can be opened and changed. */
export class GitlabMergeRequestsStandIn {
  readonly requests: string[] = [];
  readonly token = 'glpat-secretsecretsecret';
  mergeRequests: MergeRequest[] = [];
  branches = ['main', 'release/1.x'];
  pipeline: { sha: string; ref: string; status: string } | null = null;
  /** Answers given in place of the usual, by the beginning of `METHOD /path`. */
  refusals = new Map<
    string,
    { status: number; body: unknown; headers?: Record<string, string> }
  >();
  #server!: Server;

  static async start(): Promise<GitlabMergeRequestsStandIn> {
    const standIn = new GitlabMergeRequestsStandIn();
    const app = express();
    app.use(express.json());
    app.use((req, res, next) => standIn.#guard(req, res, next));
    standIn.#route(app);
    app.use((_, res) => res.status(404).json({ message: '404 Not Found' }));
    await new Promise<void>(resolve => {
      standIn.#server = app.listen(0, '127.0.0.1', resolve);
    });
    return standIn;
  }

  get apiBaseUrl(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${API}`;
  }

  reset(): void {
    this.requests.length = 0;
    this.mergeRequests = [];
    this.branches = ['main', 'release/1.x'];
    this.pipeline = null;
    this.refusals.clear();
  }

  /** A merge request as somebody opened it. */
  add(branch: string, fields: Partial<MergeRequest> = {}): MergeRequest {
    const iid = this.mergeRequests.length + 1;
    const mergeRequest: MergeRequest = {
      iid,
      web_url: `https://gitlab.example.com/gitlab/acme/web/shop/-/merge_requests/${iid}`,
      state: 'opened',
      title: 'A title',
      description: null,
      source_branch: branch,
      target_branch: 'main',
      source_project_id: 4,
      sha: `sha${iid}`,
      ...fields,
    };
    this.mergeRequests.push(mergeRequest);
    return mergeRequest;
  }

  asked(start: string): number {
    return this.requests.filter(each => each.startsWith(start)).length;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #guard(req: Request, res: Response, next: () => void): void {
    const what = `${req.method} ${decodeURIComponent(req.path).slice(
      API.length,
    )}`;
    this.requests.push(what);
    const refusal = [...this.refusals].find(([at]) => what.startsWith(at))?.[1];
    if (req.headers.authorization !== `Bearer ${this.token}`) {
      res.status(401).json({ message: '401 Unauthorized' });
    } else if (refusal) {
      res.set(refusal.headers ?? {});
      res.status(refusal.status).json(refusal.body);
    } else {
      next();
    }
  }

  #route(app: express.Express): void {
    app.get(`${API}/projects/acme%2Fweb%2Fshop`, (_, res) => {
      res.json({
        id: 4,
        path_with_namespace: 'acme/web/shop',
        default_branch: this.branches[0],
      });
    });
    app.get(`${PROJECT}/repository/branches/:name`, (req, res) => {
      const { name } = req.params;
      if (this.branches.includes(name)) {
        res.json({ name });
      } else {
        res.status(404).json({ message: '404 Branch Not Found' });
      }
    });
    app.get(`${PROJECT}/merge_requests`, (req, res) => {
      const { source_branch: branch } = req.query;
      const found = this.mergeRequests.filter(
        each => each.source_branch === branch,
      );
      res.json(found.map(withDraft).reverse());
    });
    app.get(`${PROJECT}/merge_requests/:iid`, (req, res) => {
      const { sha } = this.mergeRequests[Number(req.params.iid) - 1];
      res.json({ sha, head_pipeline: this.pipeline });
    });
    app.put(`${PROJECT}/merge_requests/:iid`, (req, res) => {
      const found = this.mergeRequests[Number(req.params.iid) - 1];
      res.json(withDraft(Object.assign(found, req.body)));
    });
    app.post(`${PROJECT}/merge_requests`, (req, res) => {
      const { source_branch: branch, ...fields } = req.body;
      const existing = this.mergeRequests.find(
        each => each.source_branch === branch && each.state === 'opened',
      );
      if (existing) {
        const message = `Another open merge request already exists for this source branch: !${existing.iid}`;
        res.status(409).json({ message: [message] });
      } else {
        res.status(201).json(withDraft(this.add(branch, fields)));
      }
    });
  }
}

function withDraft(mergeRequest: MergeRequest) {
  return {
    ...mergeRequest,
    draft: /^\s*(draft:|\[draft\]|\(draft\))/i.test(mergeRequest.title),
  };
}
