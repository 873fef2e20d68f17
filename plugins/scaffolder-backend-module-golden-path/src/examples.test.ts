import { parse } from 'yaml';
import { fetchExamples } from './fetch/fetch.examples';
import { publishGitExamples } from './publish/publishGit.examples';
import { scoreExamples } from './score/score.examples';

describe('the examples', () => {
  it.each(
    [...fetchExamples, ...scoreExamples, ...publishGitExamples].map(
      ({ description, example }) => [description, example] as const,
    ),
  )('%s: is a list of steps that use our actions', (_, example) => {
    const { steps } = parse(example);
    expect(steps[0]).toEqual({
      id: expect.stringMatching(/^[a-z]+$/),
      name: expect.any(String),
      action: expect.stringMatching(/^golden-path:(fetch|score|publish:git)$/),
      input: expect.any(Object),
    });
  });
});
