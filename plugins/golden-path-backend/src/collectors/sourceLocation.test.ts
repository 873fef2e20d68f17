import { Entity } from '@backstage/catalog-model';
import { cameFromFiles } from './FileLocations';
import { sourceLocationOf } from './sourceLocation';

function entity(annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'a', annotations },
  };
}

function location(type?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Location',
    metadata: { name: 'l' },
    spec: type === undefined ? {} : { type },
  };
}

describe('sourceLocationOf', () => {
  it('prefers the source location, and keeps its folder', () => {
    expect(
      sourceLocationOf(
        entity({
          'backstage.io/source-location':
            'url:https://git.example.com/a/tree/main/services/pay/',
          'backstage.io/managed-by-location':
            'url:https://git.example.com/b/blob/main/catalog-info.yaml',
        }),
      ),
    ).toEqual({
      type: 'url',
      url: 'https://git.example.com/a/tree/main/services/pay/',
    });
  });

  it('falls back to the folder of the file it was registered from', () => {
    expect(
      sourceLocationOf(
        entity({
          'backstage.io/managed-by-location':
            'url:https://git.example.com/b/blob/main/catalog-info.yaml',
        }),
      ),
    ).toEqual({ type: 'url', url: 'https://git.example.com/b/blob/main/' });
    expect(
      sourceLocationOf(
        entity({
          'backstage.io/managed-by-location': 'file:/srv/pay/catalog-info.yaml',
        }),
      ),
    ).toEqual({ type: 'file', directory: '/srv/pay' });
  });

  it.each([
    [{}, /neither annotation/],
    [{ 'backstage.io/source-location': 's3:bucket' }, /neither a url/],
    [
      { 'backstage.io/source-location': 'nonsense' },
      /not a location reference/,
    ],
    [{ 'backstage.io/source-location': 'url:nonsense' }, /not a location/],
  ])('says why there is none for %j', (annotations, reason) => {
    expect(
      sourceLocationOf(entity(annotations as Record<string, string>)),
    ).toEqual({ type: 'none', reason: expect.stringMatching(reason) });
  });
});

describe('cameFromFiles', () => {
  it('believes entities that only file locations led to', () => {
    expect(cameFromFiles([entity({}), location('file')])).toBe(true);
    expect(cameFromFiles([entity({}), location(), location('file')])).toBe(
      true,
    );
  });

  it('does not believe an annotation alone, nor a url anywhere on the way', () => {
    expect(
      cameFromFiles([
        entity({ 'backstage.io/managed-by-origin-location': 'file:/etc/x' }),
      ]),
    ).toBe(false);
    expect(cameFromFiles([entity({}), location('url')])).toBe(false);
    expect(cameFromFiles([entity({}), location('url'), location('file')])).toBe(
      false,
    );
    expect(cameFromFiles([entity({}), location()])).toBe(false);
  });
});
