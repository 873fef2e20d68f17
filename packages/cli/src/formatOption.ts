import { Option } from 'commander';

/** `--format text|json`, and what else a command prints. */
export const formatOption = (...others: string[]) =>
  new Option('--format <format>', 'how to print the result')
    .choices(['text', 'json', ...others])
    .default('text');
