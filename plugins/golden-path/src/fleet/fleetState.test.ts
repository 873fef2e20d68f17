import {
  fleetQuery,
  isNarrowed,
  nextOrder,
  readFleetState,
  writeFleetState,
} from './fleetState';

const read = (search: string) => readFleetState(new URLSearchParams(search));

describe('the state of the fleet in its address', () => {
  it.each([
    '',
    'path=service&owner=group%3Adefault%2Fshop&level=none&search=ord',
    'path=service&check=SEC-01&verdict=unknown',
    'orderBy=failing&order=asc',
    'groupBy=owner&open=group%3Adefault%2Fshop&open=none',
  ])('comes back as it was written: %s', search => {
    expect(writeFleetState(read(search)).toString()).toBe(search);
  });

  it('leaves out what it does not know', () => {
    expect(read('orderBy=colour&order=up&groupBy=moon&verdict=fail')).toEqual({
      orderBy: 'score',
      order: 'asc',
      groupBy: undefined,
      open: [],
    });
    expect(read('path=service&check=A&verdict=maybe').verdict).toBe('fail');
  });

  it('has a check only together with its path', () => {
    expect(read('check=SEC-01').check).toBeUndefined();
    expect(writeFleetState({ check: 'SEC-01' }).toString()).toBe('');
  });

  it('asks for a failing check unless told otherwise', () => {
    expect(fleetQuery(read('path=service&check=SEC-01&groupBy=owner'))).toEqual(
      {
        path: 'service',
        check: 'SEC-01',
        verdict: 'fail',
        orderBy: 'score',
        order: 'asc',
      },
    );
  });

  it('turns the same order round and begins another with trouble on top', () => {
    const state = read('');
    expect(nextOrder(state, 'score')).toEqual({
      orderBy: 'score',
      order: 'desc',
    });
    expect(nextOrder(state, 'failing')).toEqual({
      orderBy: 'failing',
      order: 'desc',
    });
    expect(nextOrder(state, 'owner')).toEqual({
      orderBy: 'owner',
      order: 'asc',
    });
  });

  it('is narrowed by anything but the path', () => {
    expect(isNarrowed(read('path=service&orderBy=owner'))).toBe(false);
    expect(isNarrowed(read('path=service&level=gold'))).toBe(true);
  });
});
