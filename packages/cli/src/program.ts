import { Command, CommanderError, Option } from 'commander';
import { runDrift } from './commands/drift';
import { runHealth } from './commands/health';
import { runPathValidate } from './commands/pathValidate';
import { runScore } from './commands/score';
import { runVerify } from './commands/verify';
import { EXIT, type ExitCode } from './exitCode';

const format = () =>
  new Option('--format <format>', 'how to print the result')
    .choices(['text', 'json'])
    .default('text');

/**
 * Runs the command line.
 *
 * @param argv - As in `process.argv`.
 * @returns 0 holds, 1 falls short, 2 could not tell. Bad input is 2, with a message that names the file or option.
 */
export async function runProgram(argv: string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.couldNotTell;
  const run =
    <A extends unknown[]>(command: (...args: A) => Promise<ExitCode>) =>
    async (...args: A) => {
      code = await command(...args);
    };
  const program = new Command('golden-path')
    .description(
      'Scores a repository against a golden path, and shows its drift and downstream health.\n' +
        'Exit code: 0 holds, 1 falls short, 2 could not tell.',
    )
    .exitOverride();

  program
    .command('score')
    .description('score a folder against a path')
    .argument('[dir]', 'the repository', '.')
    .option(
      '--path <file>',
      'the golden path (default: the suite\'s "service")',
    )
    .option('--facts <file>', 'facts of other sources, as JSON or YAML')
    .option('--level <level>', 'the level to reach')
    .option('--at <time>', 'evaluate as of this ISO 8601 time')
    .addOption(format())
    .action(run(runScore));

  program
    .command('drift')
    .description('compare a folder with the template it was created from')
    .argument('[dir]', 'the repository', '.')
    .option('--template <dir>', 'the template folder to compare with')
    .addOption(format())
    .action(run(runDrift));

  program
    .command('verify')
    .description('check managed files against the lock, offline')
    .argument('[dir]', 'the repository', '.')
    .addOption(format())
    .action(run(runVerify));

  program
    .command('health')
    .description('compute downstream health from CDEvents')
    .requiredOption('--events <file>', 'newline-delimited CDEvents JSON')
    .requiredOption(
      '--entity <ref>',
      'the entity, such as component:default/pay',
    )
    .option('--environment <name>', 'the environment', 'production')
    .option(
      '--from <time>',
      'start of the window (default: 28 days before the end)',
    )
    .option('--to <time>', 'end of the window (default: now)')
    .addOption(format())
    .action(run(runHealth));

  program
    .command('path')
    .description('work on a golden path')
    .command('validate')
    .description('check a path file')
    .argument('<file>', 'the path file')
    .addOption(format())
    .action(run(runPathValidate));

  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? EXIT.holds : EXIT.couldNotTell;
    }
    process.stderr.write(
      `${error instanceof Error ? error.message : String(error)}\n`,
    );
    return EXIT.couldNotTell;
  }
}
