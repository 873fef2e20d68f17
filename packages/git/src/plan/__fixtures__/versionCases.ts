import type { PlanCase } from './PlanCase';

const manifest = (version: string, zod: string, more = '') =>
  `{\n  "name": "pay",\n  "dependencies": {\n    "express": "${version}",\n    "zod": "${zod}"${more}\n  }\n}\n`;
const sha = (digit: string) => digit.repeat(40);
const workflow = (checkout: string, timeout = 10) =>
  `on: push\njobs:\n  build:\n    timeout-minutes: ${timeout}\n    steps:\n      - uses: actions/checkout@${checkout}\n      - run: make\n`;
const image = (tag: string, user = 'node') =>
  `FROM node:${tag}\nUSER ${user}\nCMD ["node", "."]\n`;
const path = '.github/workflows/ci.yml';

/** Versions that bots and templates both move. */
export const versionCases: PlanCase[] = [
  {
    name: 'a bot is ahead of the template: the service’s stays',
    base: { 'package.json': manifest('^4.1.0', '^3.0.0') },
    ours: { 'package.json': manifest('^4.10.0', '^3.0.0') },
    theirs: { 'package.json': manifest('^4.9.0', '^3.0.0') },
    result: { 'package.json': manifest('^4.10.0', '^3.0.0') },
    files: { 'package.json': 'edited none present' },
    notices: ['version-bump'],
  },
  {
    name: 'the template is ahead of a bot: 1.9.0 is less than 1.10.0',
    base: { 'package.json': manifest('^1.8.0', '^3.0.0') },
    ours: { 'package.json': manifest('^1.9.0', '^3.0.0') },
    theirs: { 'package.json': manifest('^1.10.0', '^3.0.0') },
    result: { 'package.json': manifest('^1.10.0', '^3.0.0') },
    files: { 'package.json': 'edited+outdated change applicable' },
    notices: ['version-bump'],
  },
  {
    name: 'bumps of neighbouring lines do not meet',
    base: { 'package.json': manifest('^4.1.0', '^3.0.0') },
    ours: { 'package.json': manifest('^4.2.0', '^3.0.0') },
    theirs: { 'package.json': manifest('^4.1.0', '^3.5.0', ',\n    "a": "1"') },
    result: { 'package.json': manifest('^4.2.0', '^3.5.0', ',\n    "a": "1"') },
    files: { 'package.json': 'edited+outdated change applicable' },
  },
  {
    name: 'the service went back on purpose and the template stood still',
    base: { 'package.json': manifest('^4.2.0', '^3.0.0') },
    ours: { 'package.json': manifest('^4.1.0', '^3.0.0') },
    theirs: { 'package.json': manifest('^4.2.0', '^3.1.0') },
    result: { 'package.json': manifest('^4.1.0', '^3.1.0') },
    files: { 'package.json': 'edited+outdated change applicable' },
  },
  {
    name: 'versions that cannot be compared stay a conflict',
    base: { 'package.json': manifest('^4.1.0', '^3.0.0') },
    ours: { 'package.json': manifest('github:acme/express', '^3.0.0') },
    theirs: { 'package.json': manifest('^5.0.0', '^3.0.0') },
    result: { 'package.json': manifest('github:acme/express', '^3.0.0') },
    files: { 'package.json': 'conflict keep content conflict' },
    notices: ['held'],
    held: { 'package.json': '1.0.0' },
  },
  {
    name: 'an action that the service moved further',
    base: { [path]: workflow(`${sha('a')} # v4.1.0`) },
    ours: { [path]: workflow(`${sha('b')} # v5.0.0`) },
    theirs: { [path]: workflow(`${sha('c')} # v4.2.0`, 20) },
    result: { [path]: workflow(`${sha('b')} # v5.0.0`, 20) },
    files: { [path]: 'edited+outdated change applicable present' },
    notices: ['version-bump'],
  },
  {
    name: 'an action that the template moved further',
    base: { [path]: workflow(`${sha('a')} # v4.1.0`) },
    ours: { [path]: workflow(`${sha('b')} # v4.2.0`, 30) },
    theirs: { [path]: workflow(`${sha('c')} # v4.10.0`) },
    result: { [path]: workflow(`${sha('c')} # v4.10.0`, 30) },
    files: { [path]: 'edited+outdated change applicable' },
    notices: ['version-bump'],
  },
  {
    name: 'a base image that the service moved further',
    base: { Dockerfile: image('22.1-slim@sha256:aa') },
    ours: { Dockerfile: image('24.2-slim@sha256:bb', 'app') },
    theirs: { Dockerfile: image('24.1-slim@sha256:cc') },
    result: { Dockerfile: image('24.2-slim@sha256:bb', 'app') },
    files: { Dockerfile: 'edited none present' },
    notices: ['version-bump'],
  },
  {
    name: 'a base image that the template moved further',
    base: { Dockerfile: image('22.1-slim@sha256:aa') },
    ours: { Dockerfile: image('22.9-slim@sha256:bb', 'app') },
    theirs: { Dockerfile: image('22.10-slim@sha256:cc') },
    result: { Dockerfile: image('22.10-slim@sha256:cc', 'app') },
    files: { Dockerfile: 'edited+outdated change applicable' },
    notices: ['version-bump'],
  },
];
