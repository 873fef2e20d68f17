import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import type { FastifyInstance } from 'fastify';
import { parse } from 'yaml';
import { flagsWith } from './testFlags.ts';
import { testApp } from './testApp.ts';

/** The parts of the contract that are read here; each may be a reference to where it really stands. */
interface Node {
  $ref?: string;
  headers?: Record<string, Node>;
  required?: boolean;
  schema?: { type: string };
}

const contract = parse(
  readFileSync(new URL('../openapi.yaml', import.meta.url), 'utf8'),
) as { paths: Record<string, Record<string, unknown>> };

// The document is no schema itself, but holds them: Ajv follows references into it.
const ajv = new Ajv({ strict: false, allErrors: true, formats: fullFormats });
ajv.addSchema(contract, 'contract');

/** Steps of a JSON pointer as text. */
function pointer(...steps: string[]): string {
  return steps
    .map(step => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

/** What stands at a pointer of the contract, references followed, and the pointer it really stands at. */
function lookUp(at: string): { at: string; value: Node } {
  const value = at
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (node, step) => (node as Record<string, unknown> | undefined)?.[step],
      contract,
    ) as Node | undefined;
  assert.ok(value, `The contract has nothing at ${at}`);
  return value.$ref === undefined
    ? { at, value }
    : lookUp(value.$ref.replace(/^#/, ''));
}

function assertMatches(schemaAt: string, value: unknown, what: string): void {
  const isValid = ajv.validate(
    { $ref: `contract#${encodeURI(schemaAt)}` },
    value,
  );
  assert.ok(isValid, `${what}: ${ajv.errorsText()}`);
}

/** Holds a response against what the contract says of its path, method, status and content type. */
async function assertContract(
  response: Response,
  path: string,
  method = 'get',
): Promise<void> {
  const status = String(response.status);
  const described = lookUp(pointer('paths', path, method, 'responses', status));
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  const content = described.at + pointer('content', type);
  lookUp(content);
  assertMatches(
    `${content}/schema`,
    await response.json(),
    `${status} ${type}`,
  );
  for (const name of Object.keys(described.value.headers ?? {})) {
    const header = lookUp(described.at + pointer('headers', name));
    const text = response.headers.get(name);
    if (text === null) {
      assert.notEqual(header.value.required, true, `${name} is missing`);
    } else {
      const isNumber = header.value.schema?.type === 'integer';
      assertMatches(
        `${header.at}/schema`,
        isNumber ? Number(text) : text,
        name,
      );
    }
  }
}

describe('the contract openapi.yaml', () => {
  const GREETING = '/v1/greetings/{name}';
  const running: FastifyInstance[] = [];
  let base = '';

  async function start(options: Parameters<typeof testApp>[0] = {}) {
    const { app } = await testApp(options);
    running.push(app);
    return app.listen({ port: 0, host: '127.0.0.1' });
  }

  before(async () => {
    base = await start();
  });
  after(async () => {
    await Promise.all(running.map(app => app.close()));
  });

  it('names only what the service has', () => {
    const [app] = running;
    for (const [path, methods] of Object.entries(contract.paths)) {
      const url = path.replace(/\{(\w+)\}/g, ':$1');
      for (const method of Object.keys(methods)) {
        const route = { url, method: method.toUpperCase() as 'GET' };
        assert.ok(app?.hasRoute(route), `${method} ${path}`);
      }
    }
  });

  it('holds for a greeting', async () => {
    const response = await fetch(`${base}/v1/greetings/Ada`);
    assert.equal(response.status, 200);
    await assertContract(response, GREETING);
  });

  it('holds for a name that is too long', async () => {
    const response = await fetch(`${base}/v1/greetings/${'a'.repeat(65)}`);
    assert.equal(response.status, 400);
    await assertContract(response, GREETING);
  });

  it('holds for an address that does not exist', async () => {
    const response = await fetch(`${base}/v1/greetings`);
    assert.equal(response.status, 404);
    await assertContract(response, GREETING);
  });

  it('holds while the kill switch is pulled', async () => {
    const flags = await flagsWith({ 'greetings-enabled': 'off' });
    const response = await fetch(`${await start({ flags })}/v1/greetings/Ada`);
    assert.equal(response.status, 503);
    await assertContract(response, GREETING);
  });

  it('notices what it does not describe', async () => {
    const response = Response.json({ greeting: 'Hello, Ada', secret: 1 });
    await assert.rejects(assertContract(response, GREETING), /additional/);
  });
});
