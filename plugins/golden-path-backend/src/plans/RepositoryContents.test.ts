import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { FakeRepositories } from '../__testUtils__/fakeRepositories';
import { serviceEntity, serviceUrl } from '../__testUtils__/fixtures';
import { FileLocations } from '../collectors/FileLocations';
import { TreeCache } from '../collectors/TreeCache';
import { RepositoryContents } from './RepositoryContents';

const pay = 'component:default/pay';
const folder = createMockDirectory();

function setUp(entity: Entity = serviceEntity('pay')) {
  const repositories = new FakeRepositories();
  const catalog = catalogServiceMock({ entities: [entity] });
  const auth = mockServices.auth();
  const urlReader = repositories.urlReader();
  const contents = new RepositoryContents({
    catalog,
    auth,
    urlReader,
    fileLocations: new FileLocations({ catalog, auth }),
    limits: { maxFiles: 100, maxFileBytes: 1000, maxTotalBytes: 100_000 },
    trees: new TreeCache(),
  });
  const read = (known?: { commit: string | null }) =>
    contents.read(pay, new AbortController().signal, known);
  return { repositories, urlReader, read };
}

it('reads a tree once, and asks whether it is still the newest', async () => {
  const { repositories, urlReader, read } = setUp();
  repositories.push(serviceUrl('pay'), { 'a.txt': 'a' });
  const first = await read();
  expect(first).toMatchObject({
    entityRef: pay,
    url: serviceUrl('pay'),
    commit: '1'.padStart(40, '0'),
    files: [{ path: 'a.txt' }],
  });
  expect((await read()).files).toEqual(first.files);
  expect(repositories.reads).toBe(1);
  expect(urlReader.readTree).toHaveBeenCalledTimes(2);
  await read({ commit: first.commit });
  expect(urlReader.readTree).toHaveBeenCalledTimes(2);
  repositories.push(serviceUrl('pay'), { 'b.txt': 'b' });
  expect((await read({ commit: '2'.padStart(40, '0') })).files).toMatchObject([
    { path: 'b.txt' },
  ]);
});

it('tells what is wrong with a lock, and takes nothing of a service file that is not valid', async () => {
  const { repositories, read } = setUp();
  repositories.push(serviceUrl('pay'), {
    '.golden-path.lock.yaml': 'schemaVersion: 1\nlayers: many\n',
    'golden-path.yaml': 'schemaVersion: 7\n',
  });
  const content = await read();
  expect(content.lock).toBeUndefined();
  expect(content.lockProblem).toMatch(/^\.golden-path\.lock\.yaml:2 layers/);
  expect(content.serviceFile).toBeUndefined();
});

it('knows of files that are too large to load', async () => {
  const { repositories, read } = setUp();
  repositories.push(serviceUrl('pay'), { 'large.txt': 'x'.repeat(1001) });
  const content = await read();
  expect(content.files).toEqual([]);
  expect([...content.digests.keys()]).toEqual(['large.txt']);
});

it('does not read a folder that only an annotation claims', async () => {
  folder.setContent({ 'a.txt': 'a' });
  const entity = serviceEntity('pay');
  entity.metadata.annotations = {
    'backstage.io/source-location': `file:${folder.path}/`,
  };
  const { read } = setUp(entity);
  await expect(read()).rejects.toThrow(
    'which only entities registered from files there may do',
  );
});
