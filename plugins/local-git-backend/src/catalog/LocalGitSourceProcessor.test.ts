import type { Entity } from '@backstage/catalog-model';
import { LocalGitSourceProcessor } from './LocalGitSourceProcessor';

const prefix = 'http://localhost:7007/api/local-git/repositories/';
const processor = new LocalGitSourceProcessor({ prefix });
const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'pay', annotations: { kept: 'yes' } },
};

async function annotationsAt(target: string, of: Entity = entity) {
  const processed = await processor.preProcessEntity(of, {
    type: 'url',
    target,
  });
  return processed.metadata.annotations;
}

describe('LocalGitSourceProcessor', () => {
  it('names the folder the entity was read from', async () => {
    expect(
      await annotationsAt(`${prefix}pay/blob/main/catalog-info.yaml`),
    ).toEqual({
      kept: 'yes',
      'backstage.io/source-location': `url:${prefix}pay/tree/main/`,
    });
    expect(
      await annotationsAt(`${prefix}pay/tree/main/services/a/info.yaml`),
    ).toMatchObject({
      'backstage.io/source-location': `url:${prefix}pay/tree/main/services/a/`,
    });
  });

  it('leaves entities of other hosts and an annotation of their own alone', async () => {
    expect(
      await annotationsAt('https://example.com/pay/catalog-info.yaml'),
    ).toEqual({ kept: 'yes' });
    const own = { 'backstage.io/source-location': 'url:https://example.com/' };
    expect(
      await annotationsAt(`${prefix}pay/blob/main/catalog-info.yaml`, {
        ...entity,
        metadata: { name: 'pay', annotations: own },
      }),
    ).toEqual(own);
  });
});
