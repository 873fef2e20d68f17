import { strayMarkers } from './__fixtures__/conflictMarker';
import { classCases } from './__fixtures__/classCases';
import { contentCases } from './__fixtures__/contentCases';
import { conventionCases } from './__fixtures__/conventionCases';
import type { PlanCase } from './__fixtures__/PlanCase';
import { placeCases } from './__fixtures__/placeCases';
import {
  applied,
  planAgain,
  planCase,
  tree,
  written,
} from './__fixtures__/planning';
import { versionCases } from './__fixtures__/versionCases';
import { GitTreeMerger } from '../merge/GitTreeMerger';

let merger: GitTreeMerger;

beforeAll(async () => {
  merger = await GitTreeMerger.create();
});
afterAll(() => merger.close());

function named(cases: PlanCase[]): [string, PlanCase][] {
  return cases.map(planCaseOf => [planCaseOf.name, planCaseOf]);
}

describe.each([
  ['content', contentCases],
  ['conventions and kinds', conventionCases],
  ['places', placeCases],
  ['classes and decisions', classCases],
  ['versions', versionCases],
])('%s', (_, cases) => {
  it.each(named(cases))('%s', async (__, given) => {
    const planned = await planCase(given, merger);
    const { plan, layer } = planned;

    expect(written(applied(tree(given.ours), planned))).toEqual(
      written(tree(given.result)),
    );
    const files = plan.files.map(file => [
      file.path,
      [
        file.status,
        file.action,
        file.conflict,
        ...file.hunks.map(({ status }) => status),
      ]
        .filter(Boolean)
        .join(' '),
    ]);
    expect(Object.fromEntries(files)).toEqual(given.files);
    expect(plan.notices.map(({ kind }) => kind)).toEqual(given.notices ?? []);
    const held = Object.entries(layer.rendered.files).flatMap(
      ([path, { heldAt }]) => (heldAt ? [[path, heldAt]] : []),
    );
    expect(Object.fromEntries(held)).toEqual(given.held ?? {});
    expect(layer.rendered.absent).toEqual(given.absentAfter ?? []);
    expect(plan.clean).toBe(plan.conflicts.length === 0);

    const reversed = await planCase(given, merger, { shuffled: true });
    expect(reversed.plan).toEqual(plan);
    expect(written(applied(tree(given.ours), reversed))).toEqual(
      written(tree(given.result)),
    );

    const again = await planAgain(given, planned, merger);
    expect(again.plan.empty).toBe(!given.offersAgain);
    const sources = [given.base, given.ours, given.theirs].flatMap(tree);
    expect(strayMarkers(applied(tree(given.ours), planned), sources)).toEqual(
      [],
    );
  });
});
