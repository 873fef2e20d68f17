import { mockServices } from '@backstage/backend-test-utils';
import { readWaiverConfig } from './config';

const read = (waivers?: object) =>
  readWaiverConfig(
    mockServices.rootConfig({
      data: waivers ? { goldenPath: { waivers } } : {},
    }),
  );

it('has strict defaults', () => {
  const defaults = {
    approval: 'required',
    allowSelfApproval: false,
    maxDays: 180,
  };
  expect(read()).toEqual(defaults);
  expect(read({ maxDays: 30 })).toEqual({ ...defaults, maxDays: 30 });
});

it('reads texts from the environment', () => {
  expect(read({ allowSelfApproval: 'true', maxDays: '30' })).toMatchObject({
    allowSelfApproval: true,
    maxDays: 30,
  });
});

it.each([
  [{ approval: 'sometimes' }, /goldenPath\.waivers\.approval/],
  [{ allowSelfApproval: 'often' }, /goldenPath\.waivers\.allowSelfApproval/],
  [{ maxDays: 0 }, /goldenPath\.waivers\.maxDays/],
])('refuses %j', (waivers, message) => {
  expect(() => read(waivers)).toThrow(message);
});
