import { describeTexts, workflowOf } from './__fixtures__/describeTexts';

const FILE = '.github/workflows/agent.yml';

function agents(text: string) {
  return describeTexts({ [FILE]: text }).agentSteps!;
}

describe('describeAgentSteps', () => {
  it.each([
    'uses: anthropics/claude-code-action@v1',
    'run: claude -p "review"',
    'run: npx @openai/codex@0.60.0 exec "review"',
    'run: gemini --prompt x',
  ])('sees an agent in `%s`', step => {
    expect(agents(workflowOf(step))).toHaveLength(1);
  });

  it.each(['run: claude --version', 'run: npm install -g @openai/codex'])(
    'sees none in `%s`',
    step => {
      expect(agents(workflowOf(step))).toEqual([]);
    },
  );

  it('tells who starts it, what its token may do and what it is given', () => {
    const step = `run: claude -p x\n        env: { A: "\${{ secrets.ANTHROPIC_API_KEY }}", B: "\${{ secrets.DEPLOY }}" }`;
    const text = workflowOf(step);
    expect(agents(text)[0]).toMatchObject({
      untrusted: false,
      secrets: ['DEPLOY'],
    });
    expect(agents(text)[0].tokenWrites).toBeUndefined();
    const outside = text.replace('on: pull_request', 'on: [issue_comment]');
    expect(agents(outside)[0].untrusted).toBe(true);
    expect(agents(`permissions: write-all\n${text}`)[0].tokenWrites).toBe(true);
    expect(agents(`permissions: {}\n${text}`)[0].tokenWrites).toBe(false);
    const called = text.replace('on: pull_request', 'on: workflow_call');
    expect(agents(called)[0].untrusted).toBeUndefined();
  });
});

describe('describeCloudLogins', () => {
  const logins = (step: string) =>
    describeTexts({ [FILE]: workflowOf(step) }).cloudLogins!.map(
      ({ shortLived }) => shortLived,
    );

  it.each<[string, (boolean | undefined)[]]>([
    [
      'uses: aws-actions/configure-aws-credentials@v5\n        with: { role-to-assume: x }',
      [true],
    ],
    [
      'uses: google-github-actions/auth@v3\n        with: { credentials_json: "${{ secrets.X }}" }',
      [false],
    ],
    ['uses: azure/login@v2', [undefined]],
    ['uses: pypa/gh-action-pypi-publish@v1', [true]],
    ['run: az login --service-principal --federated-token x', [true]],
    [
      'run: x\n        env: { K: "${{ secrets.PROD_AWS_SECRET_ACCESS_KEY }}" }',
      [false],
    ],
    ['run: x\n        env: { K: "${{ secrets.NPM_TOKEN }}" }', [false]],
    ['run: x\n        env: { K: "${{ secrets.SEMGREP_APP_TOKEN }}" }', []],
  ])('of `%s` is %j', (step, expected) => {
    expect(logins(step)).toEqual(expected);
  });
});

describe('describeAgentConfigs', () => {
  it('asks CODEOWNERS for each file that steers an agent', () => {
    const { agentConfigs } = describeTexts({
      'AGENTS.md': 'x',
      '.claude/settings.json': '{}',
      'docs/a.md': 'x',
      '.github/CODEOWNERS': '/AGENTS.md @acme/team\n',
    });
    expect(agentConfigs).toEqual([
      expect.objectContaining({ path: '.claude/settings.json', owned: false }),
      expect.objectContaining({ path: 'AGENTS.md', owned: true }),
    ]);
  });
});

describe('describeRequestTemplates', () => {
  it.each([
    ['## AI involvement', true],
    ['Was a coding agent used?', true],
    ['## Maintainers: said and paid', false],
  ])('of %s is %s', (text, expected) => {
    const { requestTemplates } = describeTexts({
      '.github/PULL_REQUEST_TEMPLATE.md': text,
    });
    expect(requestTemplates).toEqual([
      expect.objectContaining({ asksForAi: expected }),
    ]);
  });
});
