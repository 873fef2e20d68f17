import {
  createTemplateRenderer,
  type PreparedTemplateContext,
  type TemplateContext,
  TemplateLimitError,
  type TemplateRenderer,
  TemplateRenderError,
} from 'nunjitsu';
import type { Layer } from '../model';
import {
  findMissingReferences,
  type MissingReference,
  usesRandom,
} from './missingReferences';
import { RenderError } from './RenderError';
import { templateFilters } from './templateFilters';

const MISSING = 'goldenPathMissingValue';
/** What any tag or comment begins with; most files have none. */
const TAG = /\$\{\{|\{%|\{#/;

/** A value that templates can use: anything JSON can hold. @public */
export type RenderValues = Layer['render']['values'];

/** Renders texts with one set of values, as Backstage's scaffolder sets its renderer up, and refuses missing values. */
export class TextRenderer {
  readonly #values: RenderValues;
  readonly #renderer: TemplateRenderer;
  readonly #context: PreparedTemplateContext;
  #missing: MissingReference | undefined;
  #references: MissingReference[] = [];

  constructor(values: RenderValues) {
    if (typeof createTemplateRenderer !== 'function') {
      throw new Error('Templates are rendered in Node.js only');
    }
    this.#values = values;
    this.#renderer = createTemplateRenderer({
      allowRegexExecution: true,
      filters: templateFilters,
      globals: {
        [MISSING]: index => {
          this.#missing = this.#references[Number(index)];
          throw new Error('A value is missing');
        },
      },
    });
    try {
      this.#context = this.#renderer.prepareContext({
        values,
      } as TemplateContext);
    } catch (error) {
      throw new RenderError({
        file: 'values',
        message: messageOf(error),
      });
    }
  }

  render(source: string, file: string): string {
    if (!TAG.test(source)) {
      return source;
    }
    if (usesRandom(source)) {
      throw new RenderError({
        file,
        message: "The filter 'random' makes every render differ",
      });
    }
    this.#missing = undefined;
    this.#references = findMissingReferences(source, this.#values);
    try {
      return this.#renderer.render(
        reportMissing(source, this.#references),
        this.#context,
      );
    } catch (error) {
      throw this.#missing
        ? missingValue(file, this.#missing)
        : new RenderError({
            file,
            line: lineOf(error),
            message: messageOf(error),
          });
    }
  }
}

/** Puts a call that fails in place of each missing reference, so that only those which are evaluated count. */
function reportMissing(source: string, references: MissingReference[]) {
  let text = '';
  let index = 0;
  for (const [number, { start, end }] of references.entries()) {
    text += `${source.slice(index, start)}${MISSING}(${number})`;
    index = end;
  }
  return text + source.slice(index);
}

function missingValue(file: string, missing: MissingReference): RenderError {
  const { variable, line } = missing;
  const message = variable.startsWith('values.')
    ? `'${variable}' is used but was not given`
    : `'${variable}' is no value of the template; if it is meant for another tool, put it in a raw block or list the file in copyWithoutTemplating`;
  return new RenderError({ file, line, variable, message });
}

function lineOf(error: unknown): number | undefined {
  return error instanceof TemplateRenderError ||
    error instanceof TemplateLimitError
    ? error.line
    : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
