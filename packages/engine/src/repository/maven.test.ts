import { describeTexts, workflowOf } from './__fixtures__/describeTexts';

const WORKFLOW = '.github/workflows/ci.yml';

function pom(...parts: string[]): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">\n<groupId>acme</groupId>\n<artifactId>pay</artifactId>\n<version>1.0.0</version>\n${parts.join(
    '\n',
  )}\n</project>\n`;
}

function dependency(
  name: string,
  version?: string,
  scope?: string,
  extra = '',
): string {
  const [group, artifact] = name.split(':');
  return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId>${
    version ? `<version>${version}</version>` : ''
  }${scope ? `<scope>${scope}</scope>` : ''}${extra}</dependency>`;
}

function dependencies(...written: string[]): string {
  return `<dependencies>\n${written.join('\n')}\n</dependencies>`;
}

function plugins(...written: string[]): string {
  return `<build><plugins>\n${written.join('\n')}\n</plugins></build>`;
}

function enforcer(rule: string, more = ''): string {
  return `<plugin><artifactId>maven-enforcer-plugin</artifactId><version>3.7.0</version><executions><execution><goals><goal>enforce</goal></goals><configuration><rules><${rule}/></rules>${more}</configuration></execution></executions></plugin>`;
}

const ONE = dependencies(dependency('a.b:c', '1.2.3'));

describe('dependencies of Maven', () => {
  it('have versions through properties and managed lists, also of parents in the repository', () => {
    const facts = describeTexts({
      'pom.xml': pom(
        '<properties><c.version>1.2</c.version><e>3</e></properties>',
        `<dependencyManagement>${dependencies(
          dependency('a:managed', '${e}'),
        )}</dependencyManagement>`,
        '<modules><module>web</module></modules>',
      ),
      'web/pom.xml': `<project><parent><groupId>acme</groupId><artifactId>pay</artifactId><version>1.0.0</version></parent><artifactId>web</artifactId>\n${dependencies(
        dependency('a:c', '${c.version}.1'),
        dependency('a:managed', undefined, 'test'),
        dependency('a:other', undefined, 'runtime'),
        dependency('${project.groupId}:core', '${project.version}'),
        dependency('a:open', '${elsewhere}', 'provided'),
      )}</project>`,
    });
    expect(
      facts.dependencies?.map(d => [d.line, d.name, d.version, d.scope]),
    ).toEqual([
      [3, 'a:c', '1.2.1', 'runtime'],
      [4, 'a:managed', '3', 'development'],
      [5, 'a:other', '', 'runtime'],
      [6, 'acme:core', '1.0.0', 'runtime'],
      [7, 'a:open', '${elsewhere}', 'runtime'],
    ]);
    expect(facts.manifests?.map(m => [m.file, m.member])).toEqual([
      ['pom.xml', false],
      ['web/pom.xml', true],
    ]);
  });

  it('of a file that is no project are not known', () => {
    for (const text of ['<project>', '<a/>', 'x']) {
      const facts = describeTexts({ 'pom.xml': text });
      const unread = { file: 'pom.xml', line: 1, unreadable: true };
      expect(facts.dependencies).toEqual([unread]);
      expect(facts.manifests).toEqual([unread]);
      expect(facts.problems?.map(p => p.file)).toEqual(['pom.xml']);
    }
  });

  it('end at parents that are each other', () => {
    const parent = (path: string) =>
      `<project><parent><relativePath>${path}</relativePath></parent>${ONE}</project>`;
    const facts = describeTexts({
      'pom.xml': parent('a/pom.xml'),
      'a/pom.xml': parent('../pom.xml'),
    });
    expect(facts.dependencies).toHaveLength(2);
  });

  it('tell of flags and telemetry', () => {
    const facts = describeTexts({
      'pom.xml': pom(
        dependencies(
          dependency('dev.openfeature:sdk', '1.22.0'),
          dependency(
            'io.opentelemetry.instrumentation:opentelemetry-spring-boot-starter',
            '2.31.1',
          ),
        ),
      ),
      'src/main/java/service/Flags.java':
        'class Flags { void x() { api.setProviderAndWait(provider); } }\n',
    });
    expect(facts.flags?.sdks).toMatchObject([
      { name: 'dev.openfeature:sdk', scope: 'runtime' },
    ]);
    expect(facts.flags?.providers).toMatchObject([{ connects: true }]);
    expect(facts.telemetry?.starts).toMatchObject([
      { by: 'library', starts: true },
    ]);
  });
});

describe('versions of Maven', () => {
  const lockOf = (texts: Record<string, string>) => {
    const found = describeTexts(texts).manifests ?? [];
    return found.map(m => [m.line, m.locked, m.lockedBy, m.unsettled])[0];
  };

  it.each([
    ['[1.0,2.0)', '[1.0,2.0)'],
    ['(,1.0]', '(,1.0]'],
    ['1.1-SNAPSHOT', '1.1-SNAPSHOT'],
    ['LATEST', 'LATEST'],
    ['RELEASE', 'RELEASE'],
  ])('%s moves', (version, unsettled) => {
    expect(
      lockOf({ 'pom.xml': pom(dependencies(dependency('a:b', version))) }),
    ).toEqual([6, false, undefined, `a:b ${unsettled}`]);
  });

  it('move in parents, imported lists and plugins as well', () => {
    const parent =
      '<parent><groupId>a</groupId><artifactId>p</artifactId><version>1-SNAPSHOT</version></parent>';
    const list = `<dependencyManagement>${dependencies(
      dependency('a:bom', '[1,)', 'import', '<type>pom</type>'),
    )}</dependencyManagement>`;
    const plugin = plugins(
      '<plugin><groupId>a</groupId><artifactId>x</artifactId><version>LATEST</version></plugin>',
    );
    for (const part of [parent, list, plugin]) {
      expect(lockOf({ 'pom.xml': pom(ONE, part) })?.[1]).toBe(false);
    }
  });

  it('do not move between projects of one repository', () => {
    const parent = `<project><groupId>acme</groupId><artifactId>all</artifactId><version>1-SNAPSHOT</version>${plugins(
      enforcer('banDynamicVersions'),
    )}</project>`;
    const child = `<project><parent><groupId>acme</groupId><artifactId>all</artifactId><version>1-SNAPSHOT</version></parent><artifactId>web</artifactId>${dependencies(
      dependency('acme:core', '${project.version}'),
    )}</project>`;
    const { manifests } = describeTexts({
      'pom.xml': parent,
      'web/pom.xml': child,
    });
    expect(manifests?.map(m => [m.file, m.locked])).toEqual([
      ['pom.xml', true],
      ['web/pom.xml', true],
    ]);
  });

  it.each([
    ['nothing refuses those of dependencies', ONE, undefined],
    ['a rule does', ONE + plugins(enforcer('banDynamicVersions')), true],
    [
      'another rule',
      ONE + plugins(enforcer('dependencyConvergence')),
      undefined,
    ],
    [
      'the rule is off',
      ONE + plugins(enforcer('banDynamicVersions', '<skip>true</skip>')),
      undefined,
    ],
    [
      'the rule only warns',
      ONE + plugins(enforcer('banDynamicVersions', '<fail>false</fail>')),
      undefined,
    ],
    [
      'the rule is only at hand',
      `${ONE}<build><pluginManagement><plugins>${enforcer(
        'banDynamicVersions',
      )}</plugins></pluginManagement></build>`,
      undefined,
    ],
  ])('are settled when %s', (_, parts, locked) => {
    const lock = lockOf({ 'pom.xml': pom(parts) });
    expect(lock?.[1]).toBe(locked);
    expect(lock?.[3]).toBe(
      locked ? undefined : 'versions that dependencies bring with them',
    );
  });

  it('are settled by checksums that are compared', () => {
    const sums = '.mvn/checksums/checksums.sha256';
    const settings =
      '-Daether.artifactResolver.postProcessor.trustedChecksums=true\n-Daether.artifactResolver.postProcessor.trustedChecksums.failIfMissing=true\n';
    const texts = { 'pom.xml': pom(ONE), [sums]: '' };
    expect(lockOf(texts)?.[1]).toBeUndefined();
    expect(lockOf({ ...texts, '.mvn/maven.config': settings })).toEqual([
      1,
      true,
      sums,
      undefined,
    ]);
  });

  it('need no lock where nothing is taken', () => {
    const { manifests } = describeTexts({ 'pom.xml': pom() });
    expect(manifests).toMatchObject([{ needsLockfile: false }]);
  });
});

describe('coverage of Maven', () => {
  const limit = (counter: string, minimum: string) =>
    `<limit><counter>${counter}</counter><value>COVEREDRATIO</value><minimum>${minimum}</minimum></limit>`;
  const jacoco = (
    limits: string,
    options: { more?: string; goals?: string } = {},
  ) =>
    plugins(
      `<plugin><groupId>org.jacoco</groupId><artifactId>jacoco-maven-plugin</artifactId><executions>${
        options.goals ??
        '<execution><goals><goal>prepare-agent</goal></goals></execution>'
      }<execution><goals><goal>check</goal></goals><configuration>${
        options.more ?? ''
      }<rules><rule><element>BUNDLE</element><limits>\n${limits}\n</limits></rule></rules></configuration></execution></executions></plugin>`,
    );
  const floors = (text: string, run = 'run: ./mvnw -B verify') =>
    describeTexts({
      'pom.xml': text,
      [WORKFLOW]: workflowOf(run),
    }).coverage?.map(c => [c.line, c.tool, c.floor, c.enforced]);

  it.each([
    [limit('LINE', '0.80'), 80],
    [limit('LINE', '85%'), 85],
    [limit('BRANCH', '0.9') + limit('LINE', '0.7'), 70],
    ['<limit><minimum>0.6</minimum></limit>', 60],
  ])('%s', (limits, floor) => {
    expect(floors(pom(jacoco(limits)))).toEqual([[7, 'jacoco', floor, true]]);
  });

  it('of branches alone, or of something else than a share, is no floor', () => {
    expect(floors(pom(jacoco(limit('BRANCH', '0.9'))))).toEqual([]);
    const missed =
      '<limit><counter>LINE</counter><value>MISSEDCOUNT</value><maximum>3</maximum></limit>';
    expect(floors(pom(jacoco(missed)))).toEqual([]);
  });

  it.each([
    ['run: ./mvnw -B test', {}],
    ['run: ./mvnw -B verify -DskipTests', {}],
    ['run: ./mvnw -B verify -Djacoco.skip', {}],
    ['run: ./mvnw -B verify', { goals: '' }],
    ['run: ./mvnw -B verify', { more: '<haltOnFailure>false</haltOnFailure>' }],
  ])('is not enforced by %s with %j', (run, options) => {
    expect(floors(pom(jacoco(limit('LINE', '0.8'), options)), run)).toEqual([
      [7, 'jacoco', 80, false],
    ]);
  });

  it('may be set in a parent or module that is not read', () => {
    const parent = (artifact: string) =>
      `<parent><groupId>a</groupId><artifactId>${artifact}</artifactId><version>1</version></parent>`;
    const open = [[1, undefined, undefined, undefined]];
    expect(floors(pom(parent('company-parent')))).toEqual(open);
    expect(floors(pom('<modules><module>a</module></modules>'))).toEqual(open);
    expect(floors(pom(parent('spring-boot-starter-parent')))).toEqual([]);
  });
});
