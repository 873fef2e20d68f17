import { createTemplateRenderer, type TemplateContext } from 'nunjitsu';
import { templateFilters } from '../render/templateFilters';
import type { RenderValues } from '../render';

const ONE_EXPRESSION = /^\$\{\{(?:(?!\}\}).)*\}\}$/s;

/**
 * The values a step of a scaffolder task was run with, from what the task was asked: its inputs are expressions over the
 * task's parameters.
 *
 * @remarks
 * As in Backstage a text that is one expression gives the value of the expression, be it a list or a number. What reads
 * the output of another step, a secret or the user is not known any more and is left out, by name in `lost`.
 *
 * @public
 */
export function taskValues(options: {
  /** `input.values` of the step, as the task's spec has it. */
  values: Record<string, unknown>;
  parameters: Record<string, unknown>;
}): { values: RenderValues; lost: string[] } {
  const context = { parameters: options.parameters } as TemplateContext;
  const renderer = createTemplateRenderer({
    filters: templateFilters,
    allowRegexExecution: true,
  });
  const prepared = renderer.prepareContext(context);
  const render = (value: unknown): unknown => {
    if (typeof value === 'string') {
      if (/\$\{\{[^}]*\b(steps|secrets|user|context|each)\b/.test(value)) {
        throw new Error('The value is not known any more');
      }
      return ONE_EXPRESSION.test(value.trim())
        ? typed(
            renderer.render(
              value.trim().replace(/\}\}$/, '| dump }}'),
              prepared,
            ),
          )
        : renderer.render(value, prepared);
    }
    if (Array.isArray(value)) {
      return value.map(render);
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, render(item)]),
      );
    }
    return value;
  };
  const values: RenderValues = {};
  const lost: string[] = [];
  for (const [name, value] of Object.entries(options.values)) {
    try {
      const rendered = render(value);
      if (rendered === undefined || name === '__proto__') {
        lost.push(name);
      } else {
        values[name] = rendered as RenderValues[string];
      }
    } catch {
      lost.push(name);
    }
  }
  return { values, lost };
}

function typed(rendered: string): unknown {
  return rendered === '' ? undefined : JSON.parse(rendered);
}
