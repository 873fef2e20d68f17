import fs from 'fs-extra';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import type { Handler } from './startGitServer';

/** What the fake was asked for. */
export type LocalGitCalls = {
  creations: { authorization?: string; body: Record<string, string> }[];
  /** How many push tokens were asked for after the creation. */
  tokens: number;
};

/**
 * The two requests of local-git's JSON API that the action makes, over the repositories of a git server. The name
 * `taken` belongs to somebody else.
 */
export function fakeLocalGit(options: {
  root: string;
  token: string;
  calls: LocalGitCalls;
}): Handler {
  const { root, token, calls } = options;
  const push = { token, expiresAt: '2030-01-01T00:00:00Z' };
  return async ({ request, response, server }) => {
    const reply = (status: number, body: unknown) => {
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
      return true;
    };
    if (
      /^\/api\/local-git\/repositories\/[^/]+\/tokens$/.test(request.url ?? '')
    ) {
      calls.tokens += 1;
      return reply(201, push);
    }
    if (request.url !== '/api/local-git/repositories') {
      return false;
    }
    const body = await readJson(request);
    const { name, description } = body;
    calls.creations.push({
      authorization: request.headers.authorization,
      body,
    });
    if (name === 'taken') {
      return reply(409, {
        error: { name: 'ConflictError', message: "'taken' exists already" },
        response: { statusCode: 409 },
      });
    }
    if (!(await fs.pathExists(path.join(root, `${name}.git`)))) {
      server.createRepository(name);
    }
    const files = `${server.url}/api/local-git/repositories/${name}`;
    return reply(201, {
      repository: {
        name,
        description,
        defaultBranch: 'main',
        createdAt: '2026-11-21T00:00:00Z',
        createdBy: 'user:default/mock',
        cloneUrl: `${server.url}/${name}.git`,
        treeUrl: `${files}/tree/main/`,
        canPush: true,
      },
      push,
    });
  };
}

async function readJson(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString());
}
