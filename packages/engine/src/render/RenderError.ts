/**
 * A template that does not render: names the file, the line when it is known, and the variable when one is to blame.
 *
 * @public
 */
export class RenderError extends Error {
  readonly file: string;
  readonly line?: number;
  readonly variable?: string;

  constructor(options: {
    file: string;
    line?: number;
    variable?: string;
    message: string;
  }) {
    const { file, line, variable, message } = options;
    super(`${file}${line === undefined ? '' : `:${line}`}: ${message}`);
    this.name = 'RenderError';
    this.file = file;
    this.line = line;
    this.variable = variable;
  }
}
