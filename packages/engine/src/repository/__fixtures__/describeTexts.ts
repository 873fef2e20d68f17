import { describeRepository } from '../describeRepository';
import type { RepositoryData } from '../repositoryData';
import { openRepository, type Repository } from '../repositoryFile';
import { asFiles } from './goodRepository';

/** The fact of a repository that holds just these texts, on 21 November 2026. */
export function describeTexts(texts: Record<string, string>): RepositoryData {
  return describeRepository({
    files: asFiles(texts),
    commit: null,
    now: new Date('2026-11-21T12:00:00Z'),
  });
}

/** The same texts for a reader of one part. */
export function openTexts(texts: Record<string, string>): Repository {
  return openRepository(asFiles(texts));
}

/** A workflow on pull requests with one job whose steps are these lines of YAML. */
export function workflowOf(...steps: string[]): string {
  return `on: pull_request\njobs:\n  a:\n    runs-on: x\n    steps:\n${steps
    .map(step => `      - ${step}\n`)
    .join('')}`;
}
