import { TranslationError } from '../translationError';
import {
  AT,
  findingsOf,
  logOf,
  resultAt,
  sample,
  scansOf,
  translate,
} from './__testUtils__/sarifLogs';

describe('samples of SARIF', () => {
  it('suppresses what is accepted, and nothing rejected or under review', () => {
    const [{ scan }] = scansOf(sample('Suppressions'));
    expect(scan.findings!.map(({ suppressed }) => suppressed)).toEqual([
      ...[false, true, true, false, true, false, true, true, false],
    ]);
  });

  it('takes the level of the rule at the index, also where its id is another', () => {
    const [{ scan }] = scansOf(sample('DefaultRuleConfiguration'));
    expect(
      scan.findings!.map(({ severity, path }) => [severity, path]),
    ).toEqual([
      ['high', 'C:/code/myProject/io/kb.c'],
      ['medium', 'C:/code/myProject/io/file.c'],
    ]);
  });

  it('leaves out what the scanner says is gone', () => {
    const [{ scan }] = scansOf(sample('Baseline'));
    expect(scan.findings!.map(({ title }) => title)).toEqual([
      'Unchanged result.',
      'Updated result.',
      'New result.',
    ]);
  });

  it.each([
    'Catastrophic_configuration_error',
    'Catastrophic_execution_error',
    'One_run_no_results',
    // An empty list of results, of an execution that failed
    'Notifications',
  ])('says of %s that nothing was scanned', name => {
    const { events, skipped } = translate(sample(name));
    expect(events).toHaveLength(1);
    expect(events[0].subject.content).not.toHaveProperty('findings');
    expect(events[0].subject.content).toMatchObject({ successful: false });
    expect(skipped).toEqual([
      {
        what: expect.any(String),
        reason: expect.stringMatching(/^not scanned: /),
      },
    ]);
  });

  it('says of an empty list of results that there are none', () => {
    const [{ scan }] = scansOf(sample('One_run_empty_results'));
    expect(scan).toMatchObject({ successful: true, findings: [] });
  });

  it.each(['No_runs', 'Empty_runs'])('makes no event of %s', name => {
    expect(translate(sample(name))).toEqual({
      events: [],
      skipped: [{ what: 'SARIF log', reason: 'it has no runs' }],
    });
  });

  it('keeps what is read of a simple one', () => {
    const [event] = scansOf(sample('simple-example'), {
      ...{
        sha: 'abc1234',
        artifactId: 'pkg:oci/pay@1',
        environment: 'production',
      },
    });
    expect(event).toMatchObject({
      kind: 'scan-finished',
      at: AT,
      ...{
        entityRef: 'component:default/pay',
        sha: 'abc1234',
        environment: 'production',
      },
      scan: {
        ...{
          tool: 'ESLint',
          category: '',
          successful: true,
          artifactId: 'pkg:oci/pay@1',
        },
        findings: [
          {
            ruleId: 'no-unused-vars',
            title: "'x' is assigned a value but never used.",
            severity: 'high',
            suppressed: false,
            url: 'https://eslint.org/docs/rules/no-unused-vars',
          },
        ],
      },
    });
  });
});

describe('category', () => {
  const categoryOf = (id: string, category?: string) =>
    scansOf(logOf([], { automationDetails: { id } }), { category })[0].scan
      .category;

  it('is the id without the part that names the single run', () => {
    expect(scansOf(sample('automation-details'))[0].scan.category).toBe(
      'Nightly CredScan run for sarif-sdk/master',
    );
    expect(categoryOf('code/js/2026-11-20')).toBe('code/js');
    expect(categoryOf('code/js/')).toBe('code/js');
    expect(categoryOf('backend')).toBe('backend');
  });

  it('is what the caller says', () => {
    expect(categoryOf('code/js/', 'mine')).toBe('mine');
  });

  it('tells scans of one tool apart, and runs of one category are one scan', () => {
    const run = (id: string, name: string) => ({
      ...logOf([resultAt(1, {}, name)]).runs[0],
      automationDetails: { id },
    });
    const runs = [run('a/1', 'x'), run('b/1', 'y'), run('a/2', 'z')];
    const scans = scansOf({ version: '2.1.0', runs });
    expect(
      scans.map(({ scan }) => [scan.category, scan.findings!.length]),
    ).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    const failed = { ...run('a/3', 'w'), results: undefined };
    expect(
      scansOf({ version: '2.1.0', runs: [...runs, failed] })[0].scan,
    ).toMatchObject({ category: 'a', successful: false });
  });
});

describe('a finding', () => {
  it.each(['pass', 'open', 'review', 'notApplicable', 'informational'])(
    'is none when its kind is %s',
    kind => {
      expect(
        findingsOf([resultAt(1, { kind }), resultAt(2, { kind: 'fail' })]),
      ).toHaveLength(1);
    },
  );

  const rules = [
    { id: 'quiet', defaultConfiguration: { level: 'note' } },
    { id: 'scored', properties: { 'security-severity': '9.1' } },
    { id: 'plain' },
  ];
  const run = { tool: { driver: { name: 'scanner', rules } } };

  it.each([
    ['its own level', { ruleIndex: 0, level: 'error' }, 'high'],
    ['the default of its rule by index', { ruleIndex: 0 }, 'low'],
    ['the default of its rule by id', { ruleId: 'quiet' }, 'low'],
    ['the default of the rule it is a case of', { ruleId: 'quiet/1' }, 'low'],
    ['a warning without any', { ruleId: 'plain', ruleIndex: 2 }, 'medium'],
    [
      'a warning without a rule',
      { ruleId: 'unheard', ruleIndex: -1 },
      'medium',
    ],
    ['no level', { level: 'none' }, 'none'],
    ['the score of its rule', { ruleIndex: 1, level: 'note' }, 'critical'],
    [
      'its own score before that of its rule',
      { ruleIndex: 1, properties: { 'security-severity': 4 } },
      'medium',
    ],
    ['a score of 7.0', { properties: { 'security-severity': '7.0' } }, 'high'],
    [
      'a score of 6.9',
      { properties: { 'security-severity': '6.9' } },
      'medium',
    ],
    ['a score of 0.1', { properties: { 'security-severity': '0.1' } }, 'low'],
    ['a score of 0', { properties: { 'security-severity': '0' } }, 'none'],
    [
      'its level where the score is none',
      { level: 'error', properties: { 'security-severity': 'high' } },
      'high',
    ],
  ])('has the severity of %s', (_what, more, severity) => {
    expect(findingsOf([resultAt(1, more)], run)[0].severity).toBe(severity);
  });

  it('has the level of a rule of an extension, and of the run that configured it', () => {
    const tool = {
      driver: {
        name: 'CodeQL',
        rules: [{ id: 'x', defaultConfiguration: { level: 'error' } }],
      },
      extensions: [
        {
          name: 'pack',
          rules: [{ id: 'js/x', defaultConfiguration: { level: 'note' } }],
        },
      ],
    };
    const result = resultAt(1, {
      ruleId: 'js/x',
      rule: { index: 0, toolComponent: { index: 0 } },
    });
    expect(findingsOf([result], { tool })[0].severity).toBe('low');
    const invocations = [
      {
        executionSuccessful: true,
        ruleConfigurationOverrides: [
          {
            descriptor: { index: 0, toolComponent: { index: 0 } },
            configuration: { level: 'error' },
          },
        ],
      },
    ];
    expect(findingsOf([result], { tool, invocations })[0].severity).toBe(
      'high',
    );
  });

  it('has its text from the rule where the result only names it', () => {
    const named = {
      driver: {
        name: 'scanner',
        rules: [
          { id: 'R1', messageStrings: { bad: { text: "'{0}' is  bad" } } },
        ],
      },
    };
    const message = { id: 'bad', arguments: ['x'] };
    expect(
      findingsOf([resultAt(1, { message })], { tool: named })[0].title,
    ).toBe("'x' is bad");
  });

  it.each([
    ['src/a.ts', { uri: 'src/a.ts' }],
    ['src/a b.ts', { uri: './src//x/../a%20b.ts' }],
    ['src/a.ts', { uri: 'a.ts', uriBaseId: 'SRC' }],
    ['src/a.ts', { uri: 'file:///home/runner/work/pay/src/a.ts' }],
    ['other/a.ts', { index: 1 }],
    ['unknown/a.ts', { uri: 'unknown/a.ts', uriBaseId: 'NOWHERE' }],
    ['/etc/passwd', { uri: 'file:///etc/passwd' }],
  ])('has the path %s of %j', (path, artifactLocation) => {
    const locations = [{ physicalLocation: { artifactLocation } }];
    const where = {
      originalUriBaseIds: {
        ROOT: { uri: 'file:///home/runner/work/pay/' },
        SRC: { uri: 'src/', uriBaseId: 'ROOT' },
      },
      artifacts: [{}, { location: { uri: 'other/a.ts', uriBaseId: 'ROOT' } }],
    };
    expect(findingsOf([resultAt(1, { locations })], where)[0].path).toBe(path);
  });

  it('has no address that is not of the web', () => {
    const [finding] = findingsOf([
      resultAt(1, { hostedViewerUri: ['javascript', 'alert(1)'].join(':') }),
    ]);
    expect(finding).not.toHaveProperty('url');
  });
});

describe('an event', () => {
  const log = logOf([resultAt(1)], {
    invocations: [
      {
        executionSuccessful: true,
        startTimeUtc: '2026-11-20T09:00:00Z',
        endTimeUtc: '2026-11-20T09:05:00Z',
      },
    ],
  });
  const idOf = (sarif: unknown, more?: object) =>
    translate(sarif, more).events[0].context.id;

  it('is of the time the scan ended, and knows how long it took', () => {
    expect(scansOf(log)[0]).toMatchObject({
      at: new Date('2026-11-20T09:05:00Z'),
      startedAt: new Date('2026-11-20T09:00:00Z'),
    });
    const late = structuredClone(log) as any;
    late.runs[0].invocations[0].endTimeUtc = '2031-01-01T00:00:00Z';
    expect(scansOf(late)[0]).toMatchObject({ at: AT, startedAt: undefined });
  });

  it('is the same one when the log comes again, and another for another commit or result', () => {
    const later = new Date('2026-11-21T00:00:00Z');
    const plain = logOf([resultAt(1)]);
    expect(idOf(plain, { sha: 'a' })).toBe(
      idOf(plain, { sha: 'a', at: later }),
    );
    expect(idOf(log)).toBe(idOf(log, { at: later }));
    expect(idOf(plain)).not.toBe(idOf(plain, { at: later }));
    expect(idOf(plain, { sha: 'a' })).not.toBe(idOf(plain, { sha: 'b' }));
    expect(idOf(plain, { sha: 'a' })).not.toBe(idOf(logOf([]), { sha: 'a' }));
  });
});

describe('limits', () => {
  const many = (count: number, text = '') =>
    Array.from({ length: count }, (_, index) =>
      resultAt(index, { message: { text: `${text}${index}` } }, `x${index}`),
    );

  it('takes 5,000 findings with their titles left out where they do not fit, and says of more what to do', () => {
    const findings = findingsOf(many(5_000, 'word '.repeat(60)));
    expect(findings).toHaveLength(5_000);
    expect(findings[0]).not.toHaveProperty('title');
    expect(() => translate(logOf(many(5_001)))).toThrow(TranslationError);
    expect(() => translate(logOf(many(5_001)))).toThrow(
      /'scanner' reports more than 5000 findings; .*automationDetails\.id/,
    );
  });

  it.each([
    [
      'an older version',
      { version: '1.0.0', runs: [] },
      /version: must be '2\.1\.0'/,
    ],
    ['no object', 'text', /SARIF log/],
    ['no tool', { version: '2.1.0', runs: [{}] }, /runs\.0\.tool/],
    [
      'a level nobody knows',
      logOf([{ level: 'fatal', message: { text: 'x' } }]),
      /runs\.0\.results\.0\.level/,
    ],
  ])('refuses %s, naming the field', (_what, sarif, message) => {
    expect(() => translate(sarif)).toThrow(TranslationError);
    expect(() => translate(sarif)).toThrow(message);
  });

  it('does not follow bases in a circle', () => {
    const locations = [
      { physicalLocation: { artifactLocation: { uri: 'a', uriBaseId: 'A' } } },
    ];
    const originalUriBaseIds = {
      A: { uri: 'x/', uriBaseId: 'B' },
      B: { uri: 'y/', uriBaseId: 'A' },
    };
    expect(
      findingsOf([resultAt(1, { locations })], { originalUriBaseIds }),
    ).toHaveLength(1);
  });

  it('takes results in files beside the log for none', () => {
    const beside = {
      externalPropertyFileReferences: {
        results: [{ location: { uri: 'results.sarif' } }],
      },
    };
    expect(scansOf(logOf([resultAt(1)], beside))[0].scan).toMatchObject({
      successful: false,
    });
  });
});
