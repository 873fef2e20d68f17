import type { Page } from './browser.ts';

/** What a person answers; everything else stays as the form proposes it. */
export interface Answers {
  /** Title of the template. */
  template: string;
  name: string;
  description: string;
  /** Part of the owner's name. */
  owner: string;
}

/**
 * Walks through the form of a template on the Create page up to the result.
 *
 * @param options.onStep - called on each step before it is left: its number from 1, and on the last one the preview.
 */
export async function createFromTemplate(
  page: Page,
  options: {
    appUrl: string;
    answers: Answers;
    onStep?: (name: string) => Promise<void>;
  },
): Promise<void> {
  const { appUrl, answers, onStep = async () => {} } = options;
  await page.goto(`${appUrl}/create`);
  await page
    .locator('.MuiCard-root')
    .filter({ has: page.getByText(answers.template, { exact: true }) })
    .getByRole('button', { name: 'Choose' })
    .click();
  await page.getByLabel(/^Name/).fill(answers.name);
  await page.getByLabel(/^What it does/).fill(answers.description);
  await page.getByLabel(/^Owner/).fill(answers.owner);
  await page
    .getByRole('option', { name: new RegExp(answers.owner, 'i') })
    .first()
    .click();
  const review = page.getByRole('button', { name: 'Review' });
  const next = page.getByRole('button', { name: 'Next' });
  for (let step = 1; !(await review.isVisible()); step += 1) {
    await onStep(`step-${step}`);
    await next.click();
    await review.or(next).first().waitFor();
  }
  await page.getByText(/files, from version/).waitFor({ timeout: 180_000 });
  await onStep('preview');
  await review.click();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByText('Open in catalog').waitFor({ timeout: 180_000 });
  await onStep('result');
}
