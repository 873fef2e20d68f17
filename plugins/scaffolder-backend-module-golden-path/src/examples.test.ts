import { parse } from 'yaml';
import { adoptExamples } from './adopt/adopt.examples';
import { proposeGitExamples } from './adopt/proposeGit.examples';
import { fetchExamples } from './fetch/fetch.examples';
import { publishGitExamples } from './publish/publishGit.examples';
import { scoreExamples } from './score/score.examples';

describe('the examples', () => {
  it.each(
    [
      ...fetchExamples,
      ...adoptExamples,
      ...scoreExamples,
      ...publishGitExamples,
      ...proposeGitExamples,
    ].map(({ description, example }) => [description, example] as const),
  )('%s: is a list of steps that use our actions', (_, example) => {
    const { steps } = parse(example);
    expect(steps[0]).toEqual({
      id: expect.stringMatching(/^[a-z]+$/),
      name: expect.any(String),
      action: expect.stringMatching(
        /^golden-path:(fetch|adopt|score|publish:git|propose:git)$/,
      ),
      input: expect.any(Object),
    });
  });
});
