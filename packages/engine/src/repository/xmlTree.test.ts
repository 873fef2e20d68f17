import { LocatedTreeError } from './treeParsers';
import { parseXmlTree } from './xmlTree';

describe('parseXmlTree', () => {
  it('gives elements as lists, with lines, and leaves as texts', () => {
    const tree = parseXmlTree(
      '<?xml version="1.0"?>\n<!-- x -->\n<a xmlns="urn:x" b="1">\n  <c> 1 &amp; 2 </c>\n  <d/>\n  <c>\n<![CDATA[<3>]]></c>\n</a>',
    );
    const leaf = (line: number, value: string) => ({
      kind: 'scalar',
      line,
      textLine: line,
      value,
    });
    expect(tree).toEqual({
      kind: 'map',
      line: 1,
      entries: new Map([
        [
          'a',
          {
            line: 3,
            node: {
              kind: 'list',
              line: 3,
              items: [
                {
                  kind: 'map',
                  line: 3,
                  entries: new Map([
                    [
                      'c',
                      {
                        line: 4,
                        node: {
                          kind: 'list',
                          line: 4,
                          items: [leaf(4, '1 & 2'), leaf(6, '<3>')],
                        },
                      },
                    ],
                    [
                      'd',
                      {
                        line: 5,
                        node: { kind: 'list', line: 5, items: [leaf(5, '')] },
                      },
                    ],
                  ]),
                },
              ],
            },
          },
        ],
      ]),
    });
  });

  it.each([
    ['<a>\n<b></a>', 2],
    ['<!DOCTYPE a [<!ENTITY x "y">]>\n<a>&x;</a>', 1],
    ['no element', 1],
    ['<a><constructor>1</constructor></a>', 1],
    ['<a>'.repeat(200) + '</a>'.repeat(200), 1],
  ])('refuses %j', (text, line) => {
    let refused: unknown;
    try {
      parseXmlTree(text);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(LocatedTreeError);
    expect((refused as LocatedTreeError).line).toBe(line);
  });
});
