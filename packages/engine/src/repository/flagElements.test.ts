import { findFlagUse } from './flagUse';
import { openTexts } from './__fixtures__/describeTexts';

const IMPORT = "import { FeatureFlag } from '@openfeature/react-sdk';\n";

const keys = (file: string, text: string) =>
  findFlagUse(openTexts({ [file]: text })).map(u => [u.key, u.certainty]);

describe('flags of elements', () => {
  it.each([
    '<FeatureFlag flagKey="a" defaultValue={false}>new</FeatureFlag>',
    "<FeatureFlag flagKey={'a'} defaultValue={false} />",
    '<FeatureFlag\n  defaultValue={{ x: 1 }}\n  fallback={<p>old</p>}\n  flagKey="a"\n/>',
    '<p>Don\'t</p>;\n<FeatureFlag flagKey="a" />',
  ])('are found in %s', element => {
    expect(keys('src/a.tsx', `${IMPORT}${element}`)).toEqual([
      ['a', 'literal'],
    ]);
  });

  it.each([
    '<FeatureFlag flagKey={key} />',
    '<FeatureFlag flagKey={`a-${b}`} />',
    '<FeatureFlag {...props} />',
  ])('stay open in %s', element => {
    expect(keys('src/a.tsx', `${IMPORT}${element}`)).toEqual([
      [undefined, undefined],
    ]);
  });

  it('are none of another library, and none in what is no JSX', () => {
    const element = '<FeatureFlag flagKey="a" />';
    expect(keys('src/a.tsx', element)).toEqual([]);
    expect(keys('src/a.ts', `${IMPORT}${element}`)).toEqual([]);
  });
});
