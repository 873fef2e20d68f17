import { EnvironmentNames } from './EnvironmentNames';

const names = new EnvironmentNames(
  { staging: ['live-test'] },
  { production: ['prod', 'live*', 'eu-*-prod'], 'q.a': ['qa'] },
);

it.each([
  ['production', 'production'],
  ['Production', 'production'],
  ['PROD', 'production'],
  ['live', 'production'],
  ['live-test', 'staging'],
  ['eu-west-prod', 'production'],
  ['eu-west-production', 'eu-west-production'],
  ['preprod', 'preprod'],
  ['q.a', 'q.a'],
  ['qxa', 'qxa'],
  ['dev', 'dev'],
])('calls %s %s', (given, name) => {
  expect(names.nameOf(given)).toBe(name);
});

it('keeps what the sender called it in the body, and leaves other bodies as they are', () => {
  const body = (environment: unknown) => ({
    context: { id: '1' },
    subject: { id: 's', content: { environment, artifactId: 'a' } },
  });
  expect(names.rename(body({ id: 'live', source: '/k8s' }))).toEqual(
    body({ id: 'production', name: 'live', source: '/k8s' }),
  );
  for (const same of [
    body({ id: 'dev' }),
    body({ id: 7 }),
    body(null),
    { subject: 3 },
    null,
    'text',
  ]) {
    expect(names.rename(same)).toBe(same);
  }
});
