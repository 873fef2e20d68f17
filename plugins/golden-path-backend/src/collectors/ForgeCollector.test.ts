import { Entity } from '@backstage/catalog-model';
import {
  FactCollectorResult,
  Forge,
  ForgeRequest,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { ForgeCollector } from './ForgeCollector';
import { ForgeRegistry } from './ForgeRegistry';

const DATA = {
  system: 'github',
  url: 'https://github.com/acme/shop',
  visibility: 'public',
  archived: false,
  defaultBranch: 'main',
};

function entityAt(location?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'shop',
      annotations: location
        ? { 'backstage.io/source-location': location }
        : undefined,
    },
  };
}

function setUp(
  options: { answer?: FactCollectorResult; forges?: string[] } = {},
) {
  const { answer = { status: 'collected', data: DATA }, forges = ['github'] } =
    options;
  const requests: ForgeRequest[] = [];
  const registry = new ForgeRegistry();
  for (const id of forges) {
    const forge: Forge = {
      id,
      knows: url => new URL(url).host === `${id}.com`,
      collect: async request => {
        requests.push(request);
        return answer;
      },
    };
    registry.addForge(forge);
  }
  const collector = new ForgeCollector({
    ttl: { hours: 6 },
    forges: registry,
  });
  const { signal } = new AbortController();
  return {
    requests,
    signal,
    collect: (location?: string, previousEtag?: string) =>
      collector.collect({ entity: entityAt(location), previousEtag, signal }),
  };
}

it('asks the forge that hosts the source of the entity', async () => {
  const gaps = { branchRules: 'Administration: read is needed' };
  const { collect, requests, signal } = setUp({
    answer: { status: 'collected', data: DATA, gaps },
  });
  await expect(
    collect('url:https://github.com/acme/shop/tree/main/', 'etag'),
  ).resolves.toEqual({ status: 'collected', data: DATA, gaps });
  expect(requests).toMatchObject([
    {
      url: 'https://github.com/acme/shop/tree/main/',
      previousEtag: 'etag',
      signal,
    },
  ]);
});

it('hands on what the forge answers instead of a fact', async () => {
  const answer = { status: 'absent', reason: 'No such repository' } as const;
  const { collect } = setUp({ answer });
  await expect(collect('url:https://github.com/acme/shop')).resolves.toEqual(
    answer,
  );
});

it('refuses a fact that does not hold to the contract', async () => {
  const { collect } = setUp({
    answer: {
      status: 'collected',
      data: { ...DATA, runs: { duplicateCommits: 'many' } },
    },
  });
  await expect(collect('url:https://github.com/acme/shop')).rejects.toThrow(
    /forge 'github' .*runs\./,
  );
});

it.each([
  [[], 'url:https://github.com/acme/shop', /module-github, which this backend/],
  [['github'], 'url:https://gitlab.acme.com/a/b', /module-gitlab, which/],
  [['github'], 'url:https://github.acme.com/a/b', /integrations\.github/],
  [
    ['github'],
    'url:https://code.acme.com/a/b',
    /code\.acme\.com.*integrations\.github, or install .*module-gitlab/,
  ],
  [['github'], undefined, /neither annotation/],
  [['github'], 'file:/somewhere/shop', /no forge hosts/],
])('says what is missing with %j for %s', async (forges, location, reason) => {
  const { collect, requests } = setUp({ forges });
  await expect(collect(location)).resolves.toEqual({
    status: 'absent',
    reason: expect.stringMatching(reason),
  });
  expect(requests).toEqual([]);
});
