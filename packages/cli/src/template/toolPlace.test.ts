import { buildEnvironment, plainEnvironment } from './toolPlace';

it('passes on the way to the registries and no secret', () => {
  expect(
    plainEnvironment({
      PATH: '/bin',
      HOME: '/home/one',
      HTTPS_PROXY: 'http://proxy.example:3128',
      HTTP_PROXY: 'http://user:word@proxy.example:3128',
      NODE_OPTIONS: '--require x',
      GITHUB_TOKEN: 'secret',
      'npm_config_//registry.example/:_authToken': 'secret',
    }),
  ).toEqual({
    CI: 'true',
    NO_COLOR: '1',
    PATH: '/bin',
    HOME: '/home/one',
    HTTPS_PROXY: 'http://proxy.example:3128',
  });
});

it("builds without this suite's own commands on PATH", () => {
  expect(
    buildEnvironment({
      PATH: '/suite/node_modules/.bin:/suite/.cache/template-tools/bin:/usr/bin',
    }).PATH,
  ).toBe('/usr/bin');
});
